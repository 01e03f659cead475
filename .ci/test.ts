import { report } from './step.ts';
import { runTests } from './suites.ts';

report(await runTests());
