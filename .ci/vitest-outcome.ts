import type { Reporter, TestModule } from 'vitest/node';
import { tellOutcome, type Outcome } from './outcome.ts';

/** Tells vitest's outcome by name. A test that is left out proves nothing, and counts as failed. */
export default class OutcomeReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const outcome: Outcome = { passed: 0, failed: [], again: [] };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const name = `${module.relativeModuleId} > ${test.fullName}`;
        if (test.result().state !== 'passed') outcome.failed.push(name);
        else outcome.passed += 1;
        if (test.diagnostic()?.flaky) outcome.again.push(name);
      }
      // A file that could not be loaded has errors and no tests.
      if (module.errors().length > 0) outcome.failed.push(module.relativeModuleId);
    }
    tellOutcome(outcome);
  }
}
