import { writeFileSync } from 'node:fs';
import { defaultReporter } from '@web/test-runner';
import config from '../widget/web-test-runner.config.mjs';

/** The element's own configuration, with a reporter that writes `{passed, failed}` to `$WTR_TOTALS`. */
export default { ...config, watch: false, reporters: [defaultReporter(), totals(process.env.WTR_TOTALS)] };

function totals(path) {
  return {
    onTestRunFinished({ sessions }) {
      const sum = { passed: 0, failed: 0 };
      for (const session of sessions) {
        if (session.testResults) count(session.testResults, sum);
        // A file that could not be loaded has errors and no tests.
        sum.failed += session.errors?.length ?? 0;
      }
      if (path) writeFileSync(path, JSON.stringify(sum));
    },
  };
}

function count(suite, sum) {
  for (const test of suite.tests) {
    if (test.passed && !test.skipped) sum.passed += 1;
    else sum.failed += 1;
  }
  for (const inner of suite.suites) count(inner, sum);
}
