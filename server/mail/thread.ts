import type { Trx } from '../db/transact.ts';

/** `References` grow by one with each mail; mailboxes go by the first and the latest. */
const LONGEST = 20;

/** The mails that a new one to the same person about the same ticket follows. */
export interface Thread {
  /** Message-IDs with their brackets, oldest first. */
  references: string[];
}

/**
 * What ties a mail to the earlier ones: theirs as the provider reports them, and those of the person's own
 * answers.
 *
 * @param root the reference that all mails of the ticket share
 * @param to in any case
 */
export async function readThread(trx: Trx, ticketId: number, to: string, root: string): Promise<Thread> {
  const address = to.toLowerCase();
  const sent = await trx
    .selectFrom('outbox')
    .select(['message_ref', 'finished_at as at'])
    .where('ticket_id', '=', ticketId)
    .where((eb) => eb(eb.fn('lower', ['recipient']), '=', address))
    .where('message_ref', 'is not', null)
    .execute();
  const received = await trx
    .selectFrom('inbound_mails')
    .select(['message_ref', 'received_at as at'])
    .where('ticket_id', '=', ticketId)
    .where('from_address', '=', address)
    .where('state', '=', 'accepted')
    .where('message_ref', 'is not', null)
    .execute();
  const all = [...sent, ...received].sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
  const refs = new Set(all.map(({ message_ref: ref }) => ref!));
  return { references: [root, ...[...refs].slice(-LONGEST)] };
}

/** RFC 5322, 3.6.4. */
export function threadHeaders({ references }: Thread): Record<string, string> {
  return { References: references.join(' '), 'In-Reply-To': references.at(-1)! };
}
