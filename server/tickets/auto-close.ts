import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Settings } from '../contract/settings.ts';
import { transact, type Trx } from '../db/transact.ts';
import type { Deps } from '../deps.ts';
import { notify } from '../mail/notify.ts';
import { autoCloseCutoffs, decideAutoClose, type AutoCloseStep } from '../rules/auto-close.ts';
import { readSettings } from '../settings/service.ts';
import {
  enterStatusIfUnchanged,
  findIdle,
  findUsers,
  markReminded,
  type Ticket,
} from './auto-close-repository.ts';
import { recordChange } from './record.ts';

/** Tickets a transaction: other writers wait for one batch at most. */
const BATCH = 50;

/** How many tickets went each way. */
export type AutoCloseCounts = Record<AutoCloseStep, number>;

/**
 * Closes, resolves and reminds what is due (rule 7), however long ago it became due. A ticket is moved
 * once, whatever the number of processes that run this.
 *
 * @param signal stops between two batches
 */
export async function runAutoClose(deps: Deps, signal?: AbortSignal): Promise<AutoCloseCounts> {
  const counts: AutoCloseCounts = { close: 0, resolve: 0, remind: 0 };
  // Resolving comes after reminding: what was reminded just now has its days before it.
  for (const step of ['close', 'remind', 'resolve'] as const) {
    for (;;) {
      if (signal?.aborted) return counts;
      const { found, moved } = await transact(deps.db, (trx) => runBatch(trx, deps, step));
      counts[step] += moved;
      if (found < BATCH || moved === 0) break;
      await nextTurn();
    }
  }
  if (counts.close + counts.resolve + counts.remind > 0) deps.log.info('auto_close.done', { ...counts });
  return counts;
}

async function runBatch(
  trx: Trx,
  deps: Deps,
  step: AutoCloseStep,
): Promise<{ found: number; moved: number }> {
  const now = deps.clock.now();
  const settings = await readSettings(trx);
  const reminders = settings.notifications.reminder;
  const tickets = await findIdle(trx, step, autoCloseCutoffs(settings.autoClose, reminders, now), BATCH);
  if (tickets.length === 0) return { found: 0, moved: 0 };
  const users = await findUsers(
    trx,
    tickets.flatMap((ticket) => [ticket.requester_id, ticket.assignee_id ?? ticket.requester_id]),
  );
  let moved = 0;
  for (const before of tickets) {
    const due = decideAutoClose(
      {
        status: before.status,
        resolvedAt: before.resolved_at,
        waitingSince: before.waiting_since,
        remindedAt: before.reminded_at,
      },
      settings.autoClose,
      reminders,
      now,
    );
    if (due !== step) continue;
    const after = await move(trx, deps, before, step, now);
    if (!after) continue;
    moved += 1;
    await tell(trx, deps, after, step, settings, users, now);
  }
  return { found: tickets.length, moved };
}

async function move(
  trx: Trx,
  deps: Deps,
  before: Ticket,
  step: AutoCloseStep,
  now: number,
): Promise<Ticket | undefined> {
  if (step === 'remind') return await markReminded(trx, before, now);
  const after = await enterStatusIfUnchanged(trx, before, step === 'close' ? 'closed' : 'resolved', now);
  if (!after) return undefined;
  const change = { type: 'status', from: before.status, to: after.status } as const;
  await recordChange(trx, deps, after, { actor: null, now }, change);
  return after;
}

const NEWS = { close: 'closed', resolve: 'resolved', remind: 'reminder' } as const;

async function tell(
  trx: Trx,
  deps: Deps,
  ticket: Ticket,
  step: AutoCloseStep,
  settings: Settings,
  users: Awaited<ReturnType<typeof findUsers>>,
  now: number,
): Promise<void> {
  const requester = users.get(ticket.requester_id);
  if (!requester) return;
  const assignee = ticket.assignee_id === null ? null : (users.get(ticket.assignee_id) ?? null);
  await notify(trx, deps, { kind: NEWS[step], ticket, requester, assignee, actor: null, settings, now });
}
