/**
 * `npm run test:faults [-- --long]`: nothing is lost, whatever happens to process, disk and clock. Without
 * `--long` these tests are part of `npm test`.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const [option, ...more] = process.argv.slice(2);
if (more.length > 0 || (option !== undefined && option !== '--long')) {
  process.stderr.write('Usage: npm run test:faults [-- --long]\n');
  process.exit(1);
}
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const isLong = option === '--long';
const runs = [
  { config: 'server/vitest.config.ts', folders: ['server/faults', 'server/cli'] },
  // Several processes, which only PostgreSQL has.
  { config: 'server/vitest.postgres.config.ts', folders: ['server/faults/processes'] },
];
const statuses = runs.map(({ config, folders }) => {
  const timeout = isLong ? ['--testTimeout', '1200000'] : [];
  const { status } = spawnSync(
    process.execPath,
    [vitest, 'run', '--config', config, ...timeout, ...folders],
    { stdio: 'inherit', env: { ...process.env, TEST_LONG: isLong ? '1' : '' } },
  );
  return status ?? 1;
});
process.exitCode = Math.max(...statuses);
