/**
 * `npm run bench -- [--only GROUP,…] [--tickets N,…] [--json]`: what everything costs, beside what it has to reach. Every
 * figure is a ratio to something bare in the same run, or one that a busy machine does not blur: SQLite's own counters,
 * bytes, requests, nodes. Times stand beside them for orientation. A goal missed is told, and is no failure of the run.
 */
import { parseArgs } from 'node:util';
import type { Figure } from './figure.ts';
import { toTable } from './report.ts';
import { GROUPS, measureGroups } from './groups.ts';

const USAGE = `npm run bench -- [--only ${GROUPS.join(',')}] [--tickets 10000,100000,1000000] [--json]`;

const options = readArguments();
const began = Date.now();
const figures: Figure[] = [];
// Broken off, it tells what it has.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, finish);
await measureGroups(options, figures, (group, tickets) => {
  const seconds = ((Date.now() - began) / 1000).toFixed(0).padStart(4);
  process.stderr.write(
    `${seconds} s  ${group}${tickets ? `, ${tickets.toLocaleString('en')} tickets` : ''}\n`,
  );
});
finish();

function finish(): void {
  // In the order of the groups, whatever the order of measuring.
  const sorted = GROUPS.flatMap((name) => figures.filter(({ group }) => group === name));
  const text = options.json
    ? JSON.stringify({ at: new Date(began).toISOString(), figures: sorted }, null, 2)
    : toTable(sorted);
  // What was measured may have left timers behind.
  process.stdout.write(`${text}\n`, () => process.exit(0));
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        only: { type: 'string', default: GROUPS.join(',') },
        tickets: { type: 'string', default: '10000,100000,1000000' },
        json: { type: 'boolean', default: false },
      },
    });
    const only = values.only.split(',');
    for (const name of only) if (!GROUPS.includes(name)) throw new Error(`There is no group ${name}.`);
    const sizes = values.tickets.split(',').map(Number);
    for (const size of sizes) {
      if (!Number.isInteger(size) || size < 5000 || size > 10_000_000) {
        throw new Error('--tickets: whole numbers from 5000 to 10000000.');
      }
    }
    return { only, sizes: sizes.sort((a, b) => a - b), json: values.json };
  } catch (error) {
    console.error(`bench: ${(error as Error).message} Usage: ${USAGE}`);
    process.exit(1);
  }
}
