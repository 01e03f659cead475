import { isAgentRole, type HistoryType, type Role } from '../contract/vocabulary.ts';

/**
 * Rule 10: a client sees every change to what the ticket shows them anyway, its assignee included, and
 * nothing of a note.
 */
export function canReadEntry(role: Role, entry: { type: HistoryType; internal: boolean }): boolean {
  return isAgentRole(role) || (!entry.internal && entry.type !== 'noted');
}

/**
 * Whether a ticket has something new for the reader. A client hears of everything public on their own
 * tickets; an agent who never opened a ticket is only called to it when it is theirs or nobody's.
 */
export function isUnread(
  reader: { role: Role; userId: number },
  ticket: { lastMessageId: number; lastPublicMessageId: number; assigneeId: number | null },
  readUpTo: number | null,
): boolean {
  if (!isAgentRole(reader.role)) return ticket.lastPublicMessageId > (readUpTo ?? 0);
  if (readUpTo !== null) return ticket.lastMessageId > readUpTo;
  return ticket.assigneeId === null || ticket.assigneeId === reader.userId;
}
