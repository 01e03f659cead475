import { relative } from 'node:path';
import { defaultReporter } from '@web/test-runner';
import config from '../widget/web-test-runner.config.mjs';
import { filesToTry, tellOutcome } from './outcome.ts';

/** The element's own configuration, for a file again or for all, with a reporter that tells the outcome by name. */
export default {
  ...config,
  files: filesToTry() ?? config.files,
  watch: false,
  reporters: [defaultReporter(), outcome()],
};

function outcome() {
  return {
    onTestRunFinished({ sessions }) {
      const sum = { passed: 0, failed: [], again: [] };
      for (const session of sessions) {
        const file = relative(config.rootDir, session.testFile ?? '');
        if (session.testResults) add(session.testResults, [file], sum);
        // A file that could not be loaded has errors and no tests.
        if (session.errors?.length) sum.failed.push(file);
      }
      tellOutcome(sum);
    },
  };
}

function add(suite, path, sum) {
  for (const test of suite.tests) {
    if (test.passed && !test.skipped) sum.passed += 1;
    else sum.failed.push([...path, test.name].join(' > '));
  }
  for (const inner of suite.suites) add(inner, [...path, inner.name].filter(Boolean), sum);
}
