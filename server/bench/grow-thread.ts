import type { BenchApp } from './bench-app.ts';

/**
 * Lengthens a conversation.
 *
 * @param messages how many it has then
 * @param place of the ticket among all, from 0 to 1
 * @returns its number
 */
export function growThread(
  { raw, deps, people, tickets }: BenchApp,
  messages: number,
  place: number,
): string {
  const id = 1001 + Math.floor(tickets * place);
  const count = raw.prepare('SELECT count(*) FROM messages WHERE ticket_id = ?').pluck();
  const insert = raw.prepare(
    `INSERT INTO messages (uid, ticket_id, author_id, author_role, body, internal, created_at)
     VALUES (?, ?, ?, 'agent', ?, 0, ?)`,
  );
  const body =
    'Thank you for waiting. We have looked at it again, and it **works** for us with another browser.';
  raw.transaction(() => {
    for (let n = count.get(id) as number; n < messages; n++) {
      insert.run(`bench-message-${id}-${n}`, id, people.agent.userId, body, deps.clock.now());
    }
    raw
      .prepare(
        `UPDATE tickets SET message_count = (SELECT count(*) FROM messages WHERE ticket_id = tickets.id AND internal = 0),
           last_message_id = (SELECT max(id) FROM messages WHERE ticket_id = tickets.id),
           last_public_message_id = (SELECT max(id) FROM messages WHERE ticket_id = tickets.id AND internal = 0)
         WHERE id = ?`,
      )
      .run(id);
  })();
  return `${deps.config.ticketPrefix}-${id}`;
}
