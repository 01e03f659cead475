import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from './install-browser.ts';
import { heading, run, runPackage, type Tally } from './step.ts';

/** Server tests on either database, element and end-to-end tests. A suite that cannot start counts as a failure, never as nothing. */
export async function runTests(): Promise<Map<string, Tally>> {
  const tallies = new Map<string, Tally>();
  const folder = mkdtempSync(join(tmpdir(), 'support-center-totals-'));
  try {
    heading('build');
    const built = await run(process.execPath, ['widget/build.ts']);
    if (built !== 0) tallies.set('build', { passed: 0, failed: 1 });

    heading('server tests');
    tallies.set('server tests', await runVitest('server/vitest.config.ts', join(folder, 'server.json')));

    heading('server tests on PostgreSQL');
    const postgres = await runVitest('server/vitest.postgres.config.ts', join(folder, 'postgres.json'));
    tallies.set('server tests on PostgreSQL', postgres);

    const browser = await ensureBrowser().catch((error: Error) => error);
    if (browser instanceof Error) {
      console.error(browser.message);
      tallies.set('element tests', { passed: 0, failed: 1 });
      tallies.set('end-to-end tests', { passed: 0, failed: 1 });
      return tallies;
    }
    const env = { CHROME_PATH: browser };
    heading('element tests');
    tallies.set('element tests', await runWebTestRunner(join(folder, 'widget.json'), env));
    heading('end-to-end tests');
    const config = 'demo/e2e/vitest.config.ts';
    tallies.set('end-to-end tests', await runVitest(config, join(folder, 'e2e.json'), env));
    return tallies;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runVitest(config: string, output: string, env: Record<string, string> = {}): Promise<Tally> {
  const args = ['run', '--config', config, '--reporter=default', '--reporter=json', `--outputFile=${output}`];
  const code = await runPackage('vitest', args, { env });
  const result = readResult(output) as
    | { numPassedTests: number; numFailedTests: number; numPendingTests: number; numTodoTests: number }
    | undefined;
  if (!result) return { passed: 0, failed: 1 };
  // A test that is left out proves nothing.
  const failed = result.numFailedTests + result.numPendingTests + result.numTodoTests;
  return settle({ passed: result.numPassedTests, failed }, code);
}

async function runWebTestRunner(output: string, env: Record<string, string>): Promise<Tally> {
  const code = await runPackage('@web/test-runner', ['--config', '.ci/web-test-runner.config.mjs'], {
    bin: 'wtr',
    env: { ...env, WTR_TOTALS: output },
  });
  const result = readResult(output) as Tally | undefined;
  return settle(result ?? { passed: 0, failed: 1 }, code);
}

/** A runner that fails although every test passed (a file that does not load, a rejection) is a failure too. */
function settle(tally: Tally, code: number): Tally {
  const isSilent = tally.failed === 0 && (code !== 0 || tally.passed === 0);
  return isSilent ? { ...tally, failed: 1 } : tally;
}

function readResult(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
