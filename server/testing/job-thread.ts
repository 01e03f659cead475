import { parentPort, workerData } from 'node:worker_threads';
import { openConfigured } from '../db/database.ts';
import type { Deps } from '../deps.ts';
import { createLiveHub } from '../live/hub.ts';
import { createLog } from '../log.ts';
import { captureTransport } from '../mail/capture.ts';
import { createDeliverer } from '../mail/deliver.ts';
import { createResendTransport } from '../mail/resend.ts';
import { runAutoClose } from '../tickets/auto-close.ts';
import { createTestConfig } from './test-config.ts';
import type { JobOrder } from './run-in-thread.ts';

/** One job on a connection of its own, beside others on the same database: what a second process does. */
const { database: config, now, job, resendUrl } = workerData as JobOrder;
const database = openConfigured(config);
await database.ready();
const clock = { now: () => now };
const deps: Deps = {
  config: createTestConfig(),
  db: database.db,
  clock,
  log: createLog('silent', clock, () => undefined),
  storage: {
    put: () => Promise.reject(new Error('No storage here.')),
    open: async () => null,
    delete: async () => undefined,
    async *keys() {},
  },
  live: createLiveHub(),
  mail: resendUrl ? createResendTransport({ apiKey: 're_test', baseUrl: resendUrl }) : captureTransport,
};
parentPort?.postMessage('ready');
parentPort?.once('message', () => {
  void (async () => {
    const result = job === 'auto_close' ? await runAutoClose(deps) : await createDeliverer(deps).drain();
    await database.close();
    parentPort?.postMessage({ result });
  })();
});
