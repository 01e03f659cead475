import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['demo/e2e/**/*.test.ts'],
    globalSetup: ['demo/e2e/build.ts'],
    environment: 'node',
    // One demo and one browser at a time: they are the load of two machines already.
    fileParallelism: false,
    // A stalled neighbour must not stop a landing; the report names what needed a second attempt.
    retry: process.env['CI'] ? 1 : 0,
    testTimeout: 90_000,
    hookTimeout: 60_000,
    // Nothing is asserted to be fast; a machine under load is slow.
    expect: { poll: { timeout: 10_000 } },
  },
});
