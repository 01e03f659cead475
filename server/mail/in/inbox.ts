import { afterCommit, type Trx } from '../../db/transact.ts';
import type { Deps, FetchOutcome } from '../../deps.ts';
import { backoffMs, RETRY_FOR_MS } from '../backoff.ts';
import { mailReceived, onMailReceived } from '../wake.ts';
import { createWorker, type Worker } from '../worker.ts';
import {
  claimInbound,
  insertInbound,
  nextInboundAt,
  settleInbound,
  type InboundMail,
} from './inbox-repository.ts';
import { takeMail } from './take.ts';
import { tellQuarantine } from '../tell.ts';

/** Fetching a mail with its files gives up before; a claim older than this belongs to a process that died. */
const LEASE_MS = 10 * 60_000;

/** Notes that a mail has come in; it is fetched after the commit. The same one is noted once. */
export async function enqueueInbound(trx: Trx, deps: Deps, providerId: string): Promise<void> {
  if (!deps.mail.receive) {
    deps.log.warn('mail.cannot_receive', { reason: 'There is no RESEND_API_KEY to fetch it with.' });
    return;
  }
  if (await insertInbound(trx, providerId, deps.clock.now())) afterCommit(trx, () => mailReceived(deps.db));
}

/**
 * Fetches the mails that have come in, one after the other, and hands each to `takeMail`. A provider that
 * does not answer is asked again for a day; then an agent is told that there was a mail.
 *
 * @param random from 0 to 1, for the waits
 */
export function createInbox(deps: Deps, random: () => number = Math.random): Worker {
  return createWorker({
    clock: deps.clock,
    async work(turn) {
      while (!turn.isOver) {
        const mail = await claimInbound(deps.db, deps.clock.now(), LEASE_MS);
        if (!mail) return;
        await handle(deps, mail, turn.signal, random());
      }
    },
    nextDueAt: () => nextInboundAt(deps.db),
    failed: (error) => deps.log.error('mail.inbox_failed', { error }),
    onMore: (wake) => onMailReceived(deps.db, wake),
  });
}

async function handle(deps: Deps, mail: InboundMail, signal: AbortSignal, random: number): Promise<void> {
  const outcome = await fetchMail(deps, mail, signal);
  if (outcome.state === 'fetched') {
    try {
      await takeMail(deps, mail, outcome.mail, signal);
      return;
    } catch (error) {
      // A file that could not be had, a full disk: nothing has been stored, so it may be tried again.
      deps.log.warn('mail.not_taken', { inboundId: mail.id, attempts: mail.attempts, error });
      await retryLater(deps, mail, { error: 'It could not be taken in.' }, random);
      return;
    }
  }
  if (outcome.state === 'failed') await giveUp(deps, mail, outcome.error);
  else await retryLater(deps, mail, outcome, random);
}

/** Never throws: a provider that does not keep to its type is asked again, too. */
export async function fetchMail(
  deps: Deps,
  mail: Pick<InboundMail, 'provider_id'>,
  signal: AbortSignal,
): Promise<FetchOutcome> {
  try {
    if (!deps.mail.receive) return { state: 'retry', error: 'There is no way to fetch it.' };
    return await deps.mail.receive.fetch(mail.provider_id, signal);
  } catch (error) {
    return { state: 'retry', error: String(error) };
  }
}

async function retryLater(
  deps: Deps,
  mail: InboundMail,
  { error, retryAfterMs = 0 }: { error: string; retryAfterMs?: number },
  random: number,
): Promise<void> {
  const now = deps.clock.now();
  const at = now + Math.max(backoffMs(mail.attempts, random), retryAfterMs);
  if (at - mail.received_at > RETRY_FOR_MS) return await giveUp(deps, mail, error);
  deps.log.warn('mail.fetched_later', { inboundId: mail.id, attempts: mail.attempts, error });
  await settleInbound(deps.db, mail, { state: 'queued', next_attempt_at: at });
}

async function giveUp(deps: Deps, mail: InboundMail, error: string): Promise<void> {
  deps.log.error('mail.not_fetched', { inboundId: mail.id, attempts: mail.attempts, error });
  const finished_at = deps.clock.now();
  await settleInbound(deps.db, mail, { state: 'quarantined', reason: 'unreachable', finished_at });
  tellQuarantine(deps);
}
