import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { IS_LONG } from './long.ts';

/**
 * No pattern that a long input can stall: everything that reads what users write is given ten times the worst that its
 * field can hold, in a thread that can be stopped. What is linear takes milliseconds, a quadratic pattern minutes, an
 * exponential one ages: the limit lies far from either, and says nothing of a machine's speed.
 */
const LIMIT_MS = 20_000;

it(
  'no reader of text can be stalled by a long one',
  { timeout: IS_LONG ? 20 * 60_000 : 60_000 },
  async () => {
    const worker = new Worker(new URL('./patterns-thread.ts', import.meta.url), {
      workerData: { times: IS_LONG ? 1000 : 12, seed: IS_LONG ? undefined : 1001 },
    });
    let reading = 'nothing';
    let last = performance.now();
    const watch = { stalled: '' };
    const timer = setInterval(() => {
      if (performance.now() - last > LIMIT_MS) {
        watch.stalled = reading;
        void worker.terminate();
      }
    }, 200);
    const done = await new Promise<number>((resolve, reject) => {
      worker.on('message', (message: { reading: string } | { done: number }) => {
        last = performance.now();
        if ('done' in message) resolve(message.done);
        else reading = message.reading;
      });
      worker.once('error', reject);
      worker.once('exit', () => resolve(0));
    });
    clearInterval(timer);
    await worker.terminate();
    expect(watch.stalled).toBe('');
    expect(done).toBeGreaterThan(150);
  },
);
