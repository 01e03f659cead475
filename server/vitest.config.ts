import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['server/**/*.test.ts'],
    // About PostgreSQL itself: vitest.postgres.config.ts.
    exclude: [...configDefaults.exclude, 'server/**/*.postgres.test.ts'],
    environment: 'node',
    // Files leave nothing behind for the next: to load the server anew for each of them took a third of all the work.
    isolate: false,
    // Most of the time they wait for disks and other processes, not for a core.
    maxWorkers: 4,
    // Real servers, child processes and fsyncs on a shared machine: generous, and never what a test asserts.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
