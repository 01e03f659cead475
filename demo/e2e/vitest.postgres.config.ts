import { defineConfig } from 'vitest/config';
import sqlite from './vitest.config.ts';

/** The same run with every demo on PostgreSQL, on a server that is started for it. */
export default defineConfig({
  ...sqlite,
  test: {
    ...sqlite.test,
    globalSetup: ['demo/e2e/build.ts', 'server/testing/postgres/global-setup.ts'],
  },
});
