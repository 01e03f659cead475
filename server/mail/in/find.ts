import type { Trx } from '../../db/transact.ts';
import type { User } from '../../agents/repository.ts';
import type { Db, Deps, IncomingMail } from '../../deps.ts';
import { parseMailbox } from '../address.ts';
import { threadRoot } from '../compose.ts';
import { readSigner } from '../keys.ts';
import { REPLY_PURPOSE, readReplyAddress, type ReplyTo } from '../reply-address.ts';
import { header } from './headers.ts';

/** Users who are known only by their mails; a host's own ids come from its tokens. */
const BY_MAIL = 'mail:';

export function mailUserId(address: string): string {
  return `${BY_MAIL}${address}`;
}

/** The user of an address. Where a host knows them, those who only ever wrote mails do not count. */
export async function findSender(db: Db | Trx, address: string): Promise<User | 'unknown' | 'ambiguous'> {
  const all = await db
    .selectFrom('users')
    .selectAll()
    .where((eb) => eb(eb.fn('lower', ['email']), '=', address))
    .limit(20)
    .execute();
  const known = all.filter((user) => !user.external_id.startsWith(BY_MAIL));
  const candidates = known.length > 0 ? known : all;
  if (candidates.length > 1) return 'ambiguous';
  return candidates[0] ?? 'unknown';
}

/** @returns the first reply address among the recipients; 'forged' where one is not signed by us */
export async function findReplyAddress(deps: Deps, mail: IncomingMail): Promise<ReplyTo | 'forged' | null> {
  const domain = deps.config.mail.replyDomain;
  if (domain === undefined) return null;
  const sign = await readSigner(deps.db, REPLY_PURPOSE);
  const read = mail.to
    .map((to) => readReplyAddress(sign, parseMailbox(to).address, domain))
    .filter((one) => one !== null);
  if (read.includes('forged')) return 'forged';
  const [first, ...more] = read as ReplyTo[];
  // Two of ours in one mail: it is not for us to guess which ticket is meant.
  const isOne = more.every(({ ticketId, userId }) => ticketId === first?.ticketId && userId === first.userId);
  return first ? (isOne ? first : 'forged') : null;
}

/** A ticket that a mail names without a signed address, and by what. */
export interface Referred {
  ticketId: number;
  by: 'thread' | 'subject' | 'text';
}

/** @param text all of it, quotes included */
export async function findReferred(deps: Deps, mail: IncomingMail, text: string): Promise<Referred | null> {
  const byThread = await findByThread(deps, mail);
  if (byThread !== null) return { ticketId: byThread, by: 'thread' };
  const bySubject = await findNumber(deps, mail.subject);
  if (bySubject !== null) return { ticketId: bySubject, by: 'subject' };
  const byText = await findNumber(deps, text);
  return byText === null ? null : { ticketId: byText, by: 'text' };
}

async function findByThread(deps: Deps, mail: IncomingMail): Promise<number | null> {
  const line = [header(mail.headers, 'in-reply-to'), header(mail.headers, 'references')].join(' ');
  const references = [...new Set(line.match(/<[^<>\s]{1,900}>/g) ?? [])].slice(0, 60);
  if (references.length === 0) return null;
  const sent = await deps.db
    .selectFrom('outbox')
    .select('ticket_id')
    .where('message_ref', 'in', references)
    .where('ticket_id', 'is not', null)
    .executeTakeFirst();
  if (sent) return sent.ticket_id;
  for (const reference of references) {
    const id = new RegExp(`^<${deps.config.ticketPrefix}-(\\d{1,15})\\.`, 'i').exec(reference)?.[1];
    const ticket = id === undefined ? undefined : await findTicket(deps, Number(id));
    if (ticket && threadRoot(deps, ticket).toLowerCase() === reference.toLowerCase()) return ticket.id;
  }
  return null;
}

async function findNumber(deps: Deps, text: string): Promise<number | null> {
  const pattern = new RegExp(`(?<![\\w-])${deps.config.ticketPrefix}-([1-9]\\d{0,14})(?![\\w-])`, 'i');
  const id = pattern.exec(text)?.[1];
  return id === undefined ? null : ((await findTicket(deps, Number(id)))?.id ?? null);
}

async function findTicket(deps: Deps, id: number): Promise<{ id: number; created_at: number } | undefined> {
  return await deps.db
    .selectFrom('tickets')
    .select(['id', 'created_at'])
    .where('id', '=', id)
    .executeTakeFirst();
}
