/** Whether `npm run test:faults -- --long` runs the tests: more of the same, for minutes instead of seconds. */
export const isLong = process.env['TEST_LONG'] === '1';
