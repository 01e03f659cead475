import { hash } from 'node:crypto';
import type { Selectable } from 'kysely';
import { SupportError } from '../contract/errors.ts';
import { query } from '../db/fragment.ts';
import { lock } from '../db/lock.ts';
import type { IdempotencyRow } from '../db/tables.ts';
import type { Trx } from '../db/transact.ts';
import type { Actor } from '../deps.ts';

/** How long a repeated request gets the first one's answer. */
export const IDEMPOTENCY_KEPT_MS = 24 * 60 * 60 * 1000;

/** A request that may be sent twice and must take effect once. */
export interface RepeatableRequest {
  actor: Actor;
  /** Method and path: a key counts for one user on one route. */
  route: string;
  /** undefined: the request is not repeatable. */
  key: string | undefined;
  /** The validated input. */
  input: unknown;
  /** Milliseconds since 1970 UTC. */
  now: number;
}

/** What the first request made. */
export interface RequestResult {
  ticketId: number;
  messageId: number | null;
}

/** @throws SupportError `invalid_request` unless it is 1–255 visible ASCII characters */
export function readIdempotencyKey(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (!/^[\x21-\x7e]{1,255}$/.test(header)) {
    throw new SupportError('invalid_request', 'Idempotency-Key must be 1 to 255 visible ASCII characters.');
  }
  return header;
}

/**
 * Finds what an earlier request with this key made. Called inside the transaction that would do it again:
 * of two at once, the second waits for the first and finds it.
 *
 * @throws SupportError `idempotency_conflict` when the earlier one said something else
 */
export async function findEarlierResult(
  trx: Trx,
  { actor, route, key, input, now }: RepeatableRequest,
): Promise<RequestResult | null> {
  if (key === undefined) return null;
  await lock(trx, `repeat:${actor.userId} ${route} ${key}`);
  const [earlier] = await query<Omit<Selectable<IdempotencyRow>, 'user_id' | 'route' | 'key'>>(trx, {
    sql: `SELECT request_hash, ticket_id, message_id, created_at FROM idempotency_keys
      WHERE user_id = ? AND route = ? AND key = ?`,
    parameters: [actor.userId, route, key],
  });
  if (!earlier || earlier.ticket_id === null || isExpired(earlier.created_at, now)) return null;
  if (earlier.request_hash !== hashOf(input)) {
    throw new SupportError('idempotency_conflict', 'This Idempotency-Key was used for another request.');
  }
  return { ticketId: earlier.ticket_id, messageId: earlier.message_id };
}

export async function rememberResult(
  trx: Trx,
  { actor, route, key, input, now }: RepeatableRequest,
  result: RequestResult,
): Promise<void> {
  if (key === undefined) return;
  await query(trx, {
    sql: `INSERT INTO idempotency_keys (user_id, route, key, request_hash, ticket_id, message_id, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (user_id, route, key) DO UPDATE SET request_hash = excluded.request_hash,
        ticket_id = excluded.ticket_id, message_id = excluded.message_id, created_at = excluded.created_at`,
    parameters: [actor.userId, route, key, hashOf(input), result.ticketId, result.messageId, now],
  });
}

function isExpired(createdAt: number, now: number): boolean {
  return now - createdAt >= IDEMPOTENCY_KEPT_MS;
}

function hashOf(input: unknown): string {
  return hash('sha256', JSON.stringify(sorted(input)), 'base64url');
}

/** The order in which a sender writes its fields means nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
}
