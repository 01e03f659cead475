import { isPostgres } from '../db/dialect.ts';
import { finishErasing } from '../db/erase.ts';
import { mergeSearch } from '../db/merge-search.ts';
import { addUpCounters } from '../db/postgres/counters.ts';
import { bringForward } from '../mail/bring-forward.ts';
import { createDeliverer } from '../mail/deliver.ts';
import { createInbox } from '../mail/in/inbox.ts';
import { refreshSettings } from '../settings/service.ts';
import { runAutoClose } from '../tickets/auto-close.ts';
import type { Deps } from '../deps.ts';
import { sweep } from './sweep.ts';

/** A job, and how often it runs. It stops between batches once `signal` aborts. */
interface Job {
  name: string;
  everyMs: number;
  run(signal: AbortSignal): Promise<void>;
}

export interface Jobs {
  /** Runs what is due by the clock, and resolves when that and every mail due is done. */
  runDue(): Promise<void>;
  /** Starts nothing more, and resolves when the batch and the mail in flight are done. */
  stop(): Promise<void>;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/**
 * Starts what happens without a request: mails, auto-close, the sweep. Each runs once at the start,
 * which catches up after a downtime. Every process may run them: all claim by conditional updates.
 * A job that fails is logged and tried again at its next turn.
 */
export function startJobs(deps: Deps): Jobs {
  const stopping = new AbortController();
  const deliverer = createDeliverer(deps);
  const inbox = createInbox(deps);
  const jobs: Job[] = [
    { name: 'settings', everyMs: 5 * SECOND, run: async () => void (await refreshSettings(deps.db)) },
    { name: 'auto_close', everyMs: MINUTE, run: async (signal) => void (await runAutoClose(deps, signal)) },
    { name: 'sweep', everyMs: 60 * MINUTE, run: async (signal) => void (await sweep(deps, signal)) },
    // A deleted ticket's last traces: a reader kept them from going at once, or PostgreSQL has to vacuum.
    {
      name: 'erase',
      everyMs: isPostgres(deps.db) ? 60 * MINUTE : 10 * SECOND,
      run: async () => finishErasing(deps.db),
    },
    { name: 'search', everyMs: SECOND, run: async () => void (await mergeSearch(deps.db)) },
    { name: 'counters', everyMs: 5 * SECOND, run: async () => void (await addUpCounters(deps.db)) },
    // Mails of other processes, and those whose process died while it sent them.
    {
      name: 'mail',
      everyMs: 10 * SECOND,
      async run() {
        await bringForward(deps.db, deps.clock.now());
        deliverer.wake();
      },
    },
    { name: 'inbox', everyMs: 10 * SECOND, run: async () => inbox.wake() },
  ];
  const dueAt = new Map(jobs.map((job) => [job, deps.clock.now()]));

  const runJob = async (job: Job) => {
    dueAt.set(job, deps.clock.now() + job.everyMs);
    try {
      await job.run(stopping.signal);
    } catch (error) {
      deps.log.error('job.failed', { job: job.name, error });
    }
  };
  const isDue = (job: Job) => {
    const wait = (dueAt.get(job) ?? 0) - deps.clock.now();
    // Longer than it ever waits: the clock was set back.
    return wait <= 0 || wait > job.everyMs;
  };
  const runOnce = async () => {
    for (const job of jobs) {
      if (stopping.signal.aborted) return;
      if (isDue(job)) await runJob(job);
    }
  };
  let running: Promise<void> = Promise.resolve();
  let waiting = 0;
  const runDue = () => {
    waiting += 1;
    running = running.then(runOnce).finally(() => (waiting -= 1));
    return running;
  };

  const timer = setInterval(() => {
    if (waiting === 0) void runDue();
  }, SECOND);
  timer.unref();
  void runDue();

  return {
    async runDue() {
      await runDue();
      await inbox.drain();
      await deliverer.drain();
    },
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await Promise.all([running, deliverer.stop(), inbox.stop()]);
    },
  };
}
