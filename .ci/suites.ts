import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from './install-browser.ts';
import { readOutcome, suiteEnv, type Outcome } from './outcome.ts';
import { heading, run, runLanes, runPackage, type Tally } from './step.ts';

/** Server tests on either database, element and end-to-end tests. A suite that cannot start counts as a failure, never as nothing. */
export async function runTests(): Promise<Map<string, Tally>> {
  const folder = mkdtempSync(join(tmpdir(), 'support-center-totals-'));
  try {
    heading('build');
    const built = await run(process.execPath, ['widget/build.ts']);
    const browser = await ensureBrowser().catch((error: Error) => error);
    const inBrowser = (suite: (env: Record<string, string>) => Promise<Tally>) => async () => {
      if (browser instanceof Error) throw browser;
      return await suite({ CHROME_PATH: browser });
    };
    // One after the other: each alone keeps two cores busy, and side by side they took a third longer.
    const tallies = await runLanes({
      'server tests': () => runVitest('server/vitest.config.ts', join(folder, 'server.json')),
      'server tests on PostgreSQL': () =>
        runVitest('server/vitest.postgres.config.ts', join(folder, 'postgres.json')),
      'element tests': inBrowser((env) => runWebTestRunner(join(folder, 'widget.json'), env)),
      'end-to-end tests': inBrowser((env) =>
        runVitest('demo/e2e/vitest.config.ts', join(folder, 'e2e.json'), env),
      ),
    });
    if (built !== 0) tallies.set('build', { passed: 0, failed: 1 });
    return tallies;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A stalled neighbour must not stop a landing: what fails is tried once more, and the report names it. */
async function runVitest(config: string, path: string, env: Record<string, string> = {}): Promise<Tally> {
  const args = [
    'run',
    '--config',
    config,
    '--retry=1',
    '--reporter=default',
    '--reporter=./.ci/vitest-outcome.ts',
  ];
  const code = await runPackage('vitest', args, { env: { ...env, ...suiteEnv(path) } });
  return settle(readOutcome(path), code);
}

/** As runVitest(); its runner cannot try a test again, so that the files of those that failed run once more. */
async function runWebTestRunner(path: string, env: Record<string, string>): Promise<Tally> {
  const attempt = async (output: string, files?: string[]) => {
    const args = ['--config', '.ci/web-test-runner.config.mjs'];
    const code = await runPackage('@web/test-runner', args, {
      bin: 'wtr',
      env: { ...env, ...suiteEnv(output, files) },
    });
    return { code, outcome: readOutcome(output) };
  };
  const first = await attempt(path);
  const names = first.outcome?.failed ?? [];
  const files = [...new Set(names.map((name) => name.split(' > ')[0]!))];
  // More than a few are no stall.
  if (!first.outcome || files.length === 0 || files.length > 4) return settle(first.outcome, first.code);
  const second = await attempt(`${path}.again`, files);
  if (!second.outcome || second.code !== 0) {
    return settle({ ...first.outcome, failed: second.outcome?.failed ?? names }, 1);
  }
  return settle({ passed: first.outcome.passed + names.length, failed: [], again: names }, 0);
}

/** A runner that fails although every test passed (a file that does not load, a rejection) is a failure too. */
function settle(outcome: Outcome | undefined, code: number): Tally {
  if (!outcome) return { passed: 0, failed: 1 };
  const { passed, failed, again } = outcome;
  const isSilent = failed.length === 0 && (code !== 0 || passed === 0);
  return { passed, failed: isSilent ? 1 : failed.length, names: failed, again };
}
