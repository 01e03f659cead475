import type { NamedPerson } from '../agents/people.ts';
import { isAgentRole, type Priority } from '../contract/vocabulary.ts';
import type { Card } from '../db/ticket-cards.ts';
import type { Actor } from '../deps.ts';
import { isWide, type Piece } from '../http/json.ts';
import { reopenableUntil } from '../rules/reopen.ts';
import { isUnread } from '../rules/visibility.ts';
import { toInstant } from './instant.ts';
import { formatNumber } from './numbers.ts';
import type { Presentation } from './present.ts';

/** `presentTicket` as JSON, put together from what was made when the ticket was written. */
export function presentCard(
  card: Card,
  actor: Actor,
  { prefix, reopenWindowDays }: Presentation,
  people: ReadonlyMap<number, NamedPerson>,
): Piece {
  const { assigneeId, followUpOf } = card;
  const requester = people.get(card.requesterId)!;
  const assignee = assigneeId === null ? null : people.get(assigneeId)!;
  const until = reopenableUntil(card.closedAt, reopenWindowDays);
  const messageCount = card.messageCount + (isAgentRole(actor.role) ? card.noteCount : 0);
  return {
    // Of few parts: each costs again when the whole is put together.
    text:
      `{"number":"${formatNumber(prefix, card.id)}",${card.json}${requester.asRequester}` +
      (assignee ? assignee.asAssignee : ',"assignee":null') +
      (followUpOf === null ? ',"followUpOf":null' : `,"followUpOf":"${formatNumber(prefix, followUpOf)}"`) +
      (until === null ? ',"reopenableUntil":null' : `,"reopenableUntil":"${toInstant(until)}"`) +
      `,"messageCount":${messageCount}` +
      (isUnread(actor, card, card.readUpTo) ? ',"unread":true}' : ',"unread":false}'),
    isWide: requester.isWide || (assignee?.isWide ?? false) || isWide(card.json),
  };
}

/** `users.id` of everybody whom these cards name. */
export function peopleOn(cards: readonly Card[]): number[] {
  const ids: number[] = [];
  for (const { requesterId, assigneeId } of cards) {
    ids.push(requesterId);
    if (assigneeId !== null) ids.push(assigneeId);
  }
  return ids;
}

/** No text within JSON can look like this: its quotation marks have a backslash before them. */
const PRIORITY = /","priority":"(\w+)","category":"/;

export function priorityOf({ json }: Card): Priority {
  return PRIORITY.exec(json)![1] as Priority;
}
