import type { DatabaseConfig } from '../config-database.ts';
import { Worker } from 'node:worker_threads';

export interface JobOrder {
  database: DatabaseConfig;
  /** Milliseconds since 1970 UTC. */
  now: number;
  job: 'auto_close' | 'deliver';
  /** Where `deliver` sends to. */
  resendUrl?: string;
}

/** Runs the same job in `count` threads at once, each with its own connection; resolves to their results. */
export async function runInThreads<T>(count: number, order: JobOrder): Promise<T[]> {
  const workers = Array.from(
    { length: count },
    () => new Worker(new URL('./job-thread.ts', import.meta.url), { workerData: order }),
  );
  const next = (worker: Worker) =>
    new Promise<unknown>((resolve, reject) => worker.once('message', resolve).once('error', reject));
  try {
    await Promise.all(workers.map(next));
    const done = Promise.all(workers.map(next));
    for (const worker of workers) worker.postMessage('go');
    return (await done).map((message) => (message as { result: T }).result);
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
