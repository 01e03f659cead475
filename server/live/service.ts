import { SupportError } from '../contract/errors.ts';
import { findUser } from '../agents/repository.ts';
import type { PresenceAnswer, PresenceInput } from '../contract/presence.ts';
import { isAgentRole } from '../contract/vocabulary.ts';
import type { Actor, Deps } from '../deps.ts';
import { readSettings, refreshSettings } from '../settings/service.ts';
import { openTicket, requirePermission } from '../tickets/access.ts';
import { isHistoryPruned, readEntriesAfter, readSpan } from '../tickets/history-repository.ts';
import { formatNumber } from '../tickets/numbers.ts';
import { EVENT_OF } from '../tickets/record.ts';
import { changeFrame, HELLO, RESYNC, type Frame } from './frames.ts';
import { PRESENCE_SECONDS, PresenceBoard } from './presence.ts';
import { LiveStreams, type Reader, type Stream } from './streams.ts';
import { createTicker } from './ticker.ts';

/** Streams of one user at a time (contract section 4). */
const MAX_STREAMS = 10;
const RETRY_AFTER_SECONDS = 30;
/** Missed changes that are told one by one; with more, loading anew is cheaper for both sides. */
const MAX_BACKLOG = 500;

/** The live side of one app: its streams, who looks at what, and the one timer behind both. */
export interface Live {
  streams: LiveStreams;
  presence: PresenceBoard;
  /** Has the timer run for as long as there is a stream or somebody present. */
  wake(): void;
  /** Sees what the settings say to clients: their streams are told of what changes from then on. */
  followSettings(): Promise<void>;
}

export function createLive(deps: Deps): Live {
  const streams = new LiveStreams(deps.live, deps.clock);
  const presence = new PresenceBoard(deps.live, deps.clock, async (userId) => {
    const { external_id: id, name } = await findUser(deps.db, userId);
    return { id, name };
  });
  const followSettings = createSettingsFollower(deps, streams);
  const ticker = createTicker(() => {
    streams.tick();
    presence.tick();
    followSettings().catch((error: unknown) => deps.log.warn('live.failed', { error }));
    return !streams.isEmpty || !presence.isEmpty;
  });
  deps.live.subscribe({
    changed: () => undefined,
    heard(news) {
      if ('presence' in news) return ticker.wake();
      refreshSettings(deps.db).catch((error: unknown) => deps.log.warn('live.failed', { error }));
    },
  });
  return { streams, presence, wake: ticker.wake, followSettings };
}

/**
 * Takes a stream's place. What happens from here on is kept for it.
 *
 * @throws SupportError `rate_limited` for one more than a user may have
 */
export function openStream(deps: Deps, live: Live, reader: Reader): Stream {
  if (deps.config.rateLimit && live.streams.countOf(reader.userId) >= MAX_STREAMS) {
    throw new SupportError('rate_limited', `At most ${MAX_STREAMS} streams at a time.`, {
      retryAfter: RETRY_AFTER_SECONDS,
    });
  }
  live.wake();
  return live.streams.open(reader);
}

/**
 * What a reader missed since the event with this id.
 *
 * @param lastEventId the `Last-Event-ID` header; undefined: the stream begins now
 * @returns the frames to begin with, and the id up to which they tell
 */
export async function readBacklog(
  deps: Deps,
  reader: Reader,
  lastEventId: string | undefined,
): Promise<{ frames: Frame[]; lastSeq: number }> {
  if (lastEventId === undefined || lastEventId === '') return { frames: [HELLO], lastSeq: 0 };
  const since = /^\d{1,15}$/.test(lastEventId) ? Number(lastEventId) : null;
  const span = await readSpan(deps.db);
  const resync = { frames: [HELLO, RESYNC], lastSeq: span.last };
  // Of another database, or of a past that is no longer there.
  if (since === null || since > span.last) return resync;
  if (since < span.first && (await isHistoryPruned(deps.db))) return resync;
  const requesterId = reader.isAgent ? null : reader.userId;
  const missed = await readEntriesAfter(deps.db, { since, requesterId, limit: MAX_BACKLOG + 1 });
  if (missed.length > MAX_BACKLOG) return resync;
  const frames = missed.map(({ seq, ticket_id, type, internal }) =>
    changeFrame({
      type: EVENT_OF[type],
      number: formatNumber(deps.config.ticketPrefix, ticket_id),
      seq,
      internal: internal === 1,
    }),
  );
  return { frames: [HELLO, ...frames], lastSeq: missed.at(-1)?.seq ?? since };
}

/**
 * Says that an agent has a ticket open, is writing on it, or has left it.
 *
 * @throws SupportError `not_found`, `forbidden`
 */
export async function setPresence(
  deps: Deps,
  live: Live,
  actor: Actor,
  number: string,
  { state }: PresenceInput,
): Promise<PresenceAnswer> {
  const ticket = await openTicket(deps.db, deps, actor, number);
  requirePermission(actor, 'manageTickets');
  live.wake();
  const own = formatNumber(deps.config.ticketPrefix, ticket.id);
  const people = live.presence.set(own, actor, state === 'gone' ? null : state);
  return { people, expiresInSeconds: PRESENCE_SECONDS };
}

/** @param tokenExpiresAt leeway included, in milliseconds since 1970 UTC */
export function toReader(
  deps: Deps,
  actor: Actor,
  {
    tokenExpiresAt,
    leewayMs,
    extras,
  }: { tokenExpiresAt: number; leewayMs: number; extras: readonly string[] },
): Reader {
  const expiresAt = tokenExpiresAt - leewayMs;
  return {
    userId: actor.userId,
    isAgent: isAgentRole(actor.role),
    // One that only the leeway has let in would otherwise come and go at once.
    endsAt: deps.clock.now() < expiresAt ? expiresAt : tokenExpiresAt,
    reads: extras.includes('reads'),
    presence: extras.includes('presence'),
    mails: extras.includes('mails'),
  };
}

/**
 * What an admin of this or another process decides for clients with an open stream: switched off, it does not outlive
 * that; sent elsewhere or back, they learn of it.
 */
function createSettingsFollower(deps: Deps, streams: LiveStreams): () => Promise<void> {
  let known: string | null | undefined;
  return async () => {
    if (!streams.hasClients) {
      // Whoever comes next knows what holds by then.
      known = undefined;
      return;
    }
    const { enabled, supportUrl } = await readSettings(deps.db);
    if (!enabled) streams.endClients();
    else if (known !== undefined && known !== supportUrl) streams.resyncClients();
    known = supportUrl;
  };
}
