import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { playwrightLauncher } from '@web/test-runner-playwright';
import { fileURLToPath } from 'node:url';
import { browserArgs, requireBrowser } from './testing/browser.ts';
import { testApps } from './testing/app-server.ts';

const HOUSE = fileURLToPath(new URL('..', import.meta.url));

/** Element tests: in a real Chromium, against the real server, one fresh instance a test. */
export default {
  rootDir: HOUSE,
  files: ['widget/**/*.test.ts'],
  nodeResolve: { exportConditions: ['development'] },
  plugins: [
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      tsconfig: fileURLToPath(new URL('../tsconfig.json', import.meta.url)),
    }),
  ],
  middleware: [testApps()],
  browsers: [
    playwrightLauncher({
      product: 'chromium',
      launchOptions: { executablePath: requireBrowser(), args: browserArgs() },
    }),
  ],
  concurrency: 2,
  // A shared machine may stall: generous, and never what a test asserts.
  testsStartTimeout: 60_000,
  testsFinishTimeout: 240_000,
  testFramework: { config: { ui: 'bdd', timeout: 45_000 } },
  reporters: [defaultReporter({ reportTestResults: true, reportTestProgress: true })],
  filterBrowserLogs: ({ args }) =>
    !args.some((arg) => typeof arg === 'string' && arg.includes('Lit is in dev mode')),
};
