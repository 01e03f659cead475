import { checkPackage } from './package.ts';
import { heading, report, run, runPackage, type Tally } from './step.ts';
import { runTests } from './suites.ts';

const node = (...args: string[]) => run(process.execPath, args);

/** Everything that has to hold besides the tests; each counts as one. */
const CHECKS: Record<string, () => Promise<number>> = {
  format: () => runPackage('prettier', ['--check', '--log-level', 'warn', '.']),
  types: () => runPackage('typescript', ['-p', '.'], { bin: 'tsc' }),
  lint: () => runPackage('eslint', ['.', '--max-warnings', '0']),
  walls: () =>
    runPackage('dependency-cruiser', ['--config', '.dependency-cruiser.cjs', 'server', 'widget', 'demo'], {
      bin: 'depcruise',
    }),
  // Compiled, since Node strips no types below node_modules; then as a host has it.
  package: async () =>
    (await runPackage('typescript', ['-p', 'server/tsconfig.build.json'], { bin: 'tsc' })) ||
    (await runPackage('typescript', ['-p', 'widget/tsconfig.build.json'], { bin: 'tsc' })) ||
    (await node('widget/build-editors.ts')) ||
    (await checkPackage()),
  docs: () => node('demo/docs.ts', '--check'),
};

const tallies = await runTests();
// The size is that of the build the tests have just made.
for (const [name, check] of Object.entries({ ...CHECKS, size: () => node('widget/size.ts') })) {
  heading(name);
  const tally: Tally = (await check()) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  if (tally.passed) console.log('holds');
  tallies.set(name, tally);
}
report(tallies);
