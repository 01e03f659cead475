import { checkPackage } from './package.ts';
import { report, run, runLanes, runPackage, say, type Tally } from './step.ts';
import { runTests } from './suites.ts';

const node = (...args: string[]) => run(process.execPath, args);

/** A check counts as one, passed when its program ends with 0. */
const check = (program: () => Promise<number>) => async (): Promise<Tally> => {
  const holds = (await program()) === 0;
  if (holds) say('holds');
  return holds ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
};

const tests = await runTests();
const checks = await runLanes(
  {
    format: check(() => runPackage('prettier', ['--check', '--log-level', 'warn', '.'])),
    types: check(() => runPackage('typescript', ['-p', '.'], { bin: 'tsc' })),
    lint: check(() => runPackage('eslint', ['.', '--max-warnings', '0'])),
  },
  {
    walls: check(() =>
      runPackage('dependency-cruiser', ['--config', '.dependency-cruiser.cjs', 'server', 'widget', 'demo'], {
        bin: 'depcruise',
      }),
    ),
    // Compiled, since Node strips no types below node_modules; then as a host has it.
    package: check(
      async () =>
        (await runPackage('typescript', ['-p', 'server/tsconfig.build.json'], { bin: 'tsc' })) ||
        (await runPackage('typescript', ['-p', 'widget/tsconfig.build.json'], { bin: 'tsc' })) ||
        (await node('widget/build-editors.ts')) ||
        (await checkPackage()),
    ),
    docs: check(() => node('demo/docs.ts', '--check')),
    // After the package: it builds anew what that has packed.
    size: check(() => node('widget/size.ts')),
  },
);
report(new Map([...tests, ...checks]));
