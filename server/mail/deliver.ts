import { lock } from '../db/lock.ts';
import { transact } from '../db/transact.ts';
import type { Deps, MailPayload, SendOutcome } from '../deps.ts';
import { backoffMs, RETRY_FOR_MS } from './backoff.ts';
import { claimDue, nextDueAt, settle, type ClaimedMail, type Verdict } from './outbox.ts';
import { prepare } from './prepare.ts';
import { tellMail } from './tell.ts';
import { applyEarlierEvents, lockDelivery } from './webhook/delivery.ts';
import { onMailQueued } from './wake.ts';
import { createWorker, type Turn, type Worker } from './worker.ts';

/** A send gives up long before; a claim older than this belongs to a process that died. */
const LEASE_MS = 2 * 60_000;
/** Resend allows few requests a second: more at a time would only meet its limit. */
const AT_ONCE = 2;
/** No provider is given more silence than this; more is left over from a clock that was set back. */
const LONGEST_SILENCE_MS = 60 * 60_000;

/**
 * Sends the outbox. Any number of deliverers may work on one database: each mail is claimed by one of
 * them. A send whose outcome is unknown is repeated with the same idempotency key, which the provider
 * answers without sending twice; before it forgets the key, the mail is given up as `failed`.
 *
 * @param random from 0 to 1, for the waits
 */
export function createDeliverer(deps: Deps, random: () => number = Math.random): Worker {
  /** By the clock: the provider asked for silence until then. */
  let silentUntil = 0;
  const isSilent = () => {
    const left = silentUntil - deps.clock.now();
    return left > 0 && left <= LONGEST_SILENCE_MS;
  };
  const sendDue = async (turn: Turn) => {
    while (!turn.isOver && !isSilent()) {
      const mail = await takeDue(deps);
      if (!mail) return;
      if (mail === 'not_sent') continue;
      const outcome = await attempt(deps, mail, turn.signal);
      if (outcome.state === 'retry' && outcome.retryAfterMs) {
        silentUntil = Math.max(silentUntil, deps.clock.now() + outcome.retryAfterMs);
      }
      const verdict = judge(mail, outcome, deps.clock.now(), random());
      await conclude(deps, mail, verdict);
      report(deps, mail, verdict);
    }
  };
  return createWorker({
    clock: deps.clock,
    async work(turn) {
      const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, () => sendDue(turn)));
      for (const end of ended) if (end.status === 'rejected') throw end.reason;
    },
    async nextDueAt() {
      const due = await nextDueAt(deps.db);
      return due && Math.max(due, silentUntil);
    },
    failed: (error) => deps.log.error('mail.delivery_failed', { error }),
    onMore: (wake) => onMailQueued(deps.db, wake),
  });
}

/**
 * Claims the next mail that is due and readies it, in one transaction: nobody else can claim what goes
 * along with it. One after the other on every database: which replies go out as one mail, and how many mails a person
 * has had, must not be decided twice at once.
 */
async function takeDue(deps: Deps): Promise<ClaimedMail | 'not_sent' | undefined> {
  return await transact(deps.db, async (trx) => {
    await lock(trx, 'outbox');
    const mail = await claimDue(trx, deps.clock.now(), LEASE_MS);
    if (!mail || isGivenUp(mail, deps.clock.now())) return mail;
    const ready = await prepare(trx, deps, mail);
    if (typeof ready === 'object') return ready;
    tellMail(trx, deps, mail);
    deps.log.info(`mail.${ready}`, { mailId: mail.id, kind: mail.kind });
    return 'not_sent';
  });
}

/** Notes what became of it, and what the provider told of it before its own answer was here. */
async function conclude(deps: Deps, mail: ClaimedMail, verdict: Verdict): Promise<void> {
  await transact(deps.db, async (trx) => {
    if (verdict.state === 'sent') await lockDelivery(trx, verdict.providerId);
    await settle(trx, mail, verdict, deps.clock.now());
    if (verdict.state === 'sent') await applyEarlierEvents(trx, deps, verdict.providerId);
    tellMail(trx, deps, mail);
  });
}

async function attempt(deps: Deps, mail: ClaimedMail, signal: AbortSignal): Promise<SendOutcome> {
  if (isGivenUp(mail, deps.clock.now())) return { state: 'failed', error: 'Given up: no answer in time.' };
  try {
    return await deps.mail.send(JSON.parse(mail.payload) as MailPayload, mail.idempotency_key, signal);
  } catch (error) {
    // A transport must not throw; one of a host's own that does gets the same retries.
    return { state: 'retry', error: error instanceof Error ? error.message : String(error) };
  }
}

function judge(mail: ClaimedMail, outcome: SendOutcome, now: number, random: number): Verdict {
  if (outcome.state !== 'retry') return outcome;
  const nextAttemptAt = now + Math.max(backoffMs(mail.attempts, random), outcome.retryAfterMs ?? 0);
  return isGivenUp(mail, nextAttemptAt)
    ? { state: 'failed', error: `Given up after ${mail.attempts} attempts: ${outcome.error}` }
    : { state: 'queued', error: outcome.error, nextAttemptAt };
}

function isGivenUp(mail: ClaimedMail, at: number): boolean {
  return at - mail.first_attempt_at > RETRY_FOR_MS;
}

function report(deps: Deps, mail: ClaimedMail, verdict: Verdict): void {
  const fields = { mailId: mail.id, kind: mail.kind, attempts: mail.attempts };
  if (verdict.state === 'failed') deps.log.error('mail.failed', { ...fields, error: verdict.error });
  else if (verdict.state === 'queued')
    deps.log.warn('mail.retried_later', { ...fields, error: verdict.error });
  else deps.log.info('mail.sent', fields);
}
