import type { HistoryEntry, Message, Ticket } from '../contract/tickets.ts';
import type { Actor, Db } from '../deps.ts';
import { canReadEntry } from '../rules/visibility.ts';
import { readSettings } from '../settings/service.ts';
import { readEntries } from '../tickets/history-repository.ts';
import { readFiles, readMessageRows, type ReadMessage } from '../tickets/message-repository.ts';
import { presentEntry, presentMessage, presentTicket } from '../tickets/present.ts';
import { readTicketRow } from '../tickets/repository.ts';

export interface ExportedTicket {
  ticket: Omit<Ticket, 'unread'>;
  messages: Message[];
  history: HistoryEntry[];
}

export interface ExportOptions {
  ticketPrefix: string;
  /** Internal notes too, with what tells of them. */
  notes: boolean;
  /** Only tickets of the clients with this id or e-mail address. */
  requester?: string;
}

const BATCH = 500;

/**
 * Every ticket with its conversation, in the order they were filed, as somebody reads them who may see
 * everything but, without `notes`, what a client may not.
 *
 * @param db of one moment: `openSnapshot`
 */
export async function* readTickets(db: Db, options: ExportOptions): AsyncGenerator<ExportedTicket> {
  const role = options.notes ? 'agent' : 'client';
  const reader: Actor = { userId: 0, id: '', name: '', email: '', role };
  const { reopenWindowDays } = await readSettings(db);
  const presentation = { prefix: options.ticketPrefix, reopenWindowDays };
  for await (const id of readIds(db, options.requester)) {
    const row = await readTicketRow(db, id, reader.userId);
    if (!row) continue;
    const { unread: _unread, ...ticket } = presentTicket(row, reader, presentation);
    const entries = await readEntries(db, id);
    yield {
      ticket,
      messages: await readMessages(db, id, reader, options.notes),
      history: entries
        .filter(({ type, internal }) => canReadEntry(role, { type, internal: internal === 1 }))
        .map(presentEntry),
    };
  }
}

async function readMessages(db: Db, ticketId: number, reader: Actor, notes: boolean): Promise<Message[]> {
  const rows: ReadMessage[] = [];
  for (;;) {
    const after = rows.at(-1)?.id ?? 0;
    const page = await readMessageRows(db, ticketId, { notes, after, limit: BATCH });
    rows.push(...page);
    if (page.length < BATCH) break;
  }
  const [first, last] = [rows.at(0), rows.at(-1)];
  if (!first || !last) return [];
  const files = await readFiles(db, ticketId, [first.id, last.id]);
  return rows.map((row) => {
    const { delivery: _delivery, ...message } = presentMessage(row, reader, files, []);
    return message;
  });
}

async function* readIds(db: Db, requester: string | undefined): AsyncGenerator<number> {
  for (let after = 0; ;) {
    let select = db.selectFrom('tickets').select('tickets.id').where('tickets.id', '>', after);
    if (requester !== undefined) {
      select = select
        .innerJoin('users', 'users.id', 'tickets.requester_id')
        .where((eb) => eb.or([eb('users.external_id', '=', requester), eb('users.email', '=', requester)]));
    }
    const rows = await select.orderBy('tickets.id').limit(BATCH).execute();
    for (const { id } of rows) yield id;
    if (rows.length < BATCH) return;
    after = rows.at(-1)!.id;
  }
}
