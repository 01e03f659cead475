import type { NamedPerson } from '../agents/people.ts';
import { isAgentRole, type Priority } from '../contract/vocabulary.ts';
import type { Card } from '../db/ticket-cards.ts';
import type { Actor } from '../deps.ts';
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
): string {
  const { assigneeId, followUpOf } = card;
  const until = reopenableUntil(card.closedAt, reopenWindowDays);
  const messageCount = card.messageCount + (isAgentRole(actor.role) ? card.noteCount : 0);
  return (
    `{"number":"${formatNumber(prefix, card.id)}",${card.json}` +
    `,"requester":${people.get(card.requesterId)!.asRequester}` +
    `,"assignee":${assigneeId === null ? 'null' : people.get(assigneeId)!.asAssignee}` +
    `,"followUpOf":${followUpOf === null ? 'null' : `"${formatNumber(prefix, followUpOf)}"`}` +
    `,"reopenableUntil":${until === null ? 'null' : `"${toInstant(until)}"`}` +
    `,"messageCount":${messageCount},"unread":${isUnread(actor, card, card.readUpTo)}}`
  );
}

/** `users.id` of everybody whom these cards name. */
export function* peopleOn(cards: Iterable<Card>): Generator<number> {
  for (const { requesterId, assigneeId } of cards) {
    yield requesterId;
    if (assigneeId !== null) yield assigneeId;
  }
}

/** No text within JSON can look like this: its quotation marks have a backslash before them. */
const PRIORITY = /","priority":"(\w+)","category":"/;

export function priorityOf({ json }: Card): Priority {
  return PRIORITY.exec(json)![1] as Priority;
}

/** A character that makes a text twice as long in memory, and dear to encode: it is kept apart from others. */
const WIDE = /[^\0-\xff]/;

/** Texts as they go out in turn, joined as long as all are narrow or there is a wide one. */
export function* joinPieces(cards: Iterable<Card>, present: (card: Card) => string): Generator<string> {
  let narrow = '';
  let separator = '';
  for (const card of cards) {
    const piece = separator + present(card);
    separator = ',';
    if (WIDE.test(card.json.slice(0, card.json.indexOf('","status":"')))) {
      yield narrow;
      yield piece;
      narrow = '';
    } else narrow += piece;
  }
  yield narrow;
}
