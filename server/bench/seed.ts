/**
 * `npm run seed -- --tickets N [--users N] [--seed N]`: fills DATABASE_URL with tickets as a support
 * center has them after two years. Imports the driver only once the version of Node is known to be right.
 */
import { parseArgs } from 'node:util';

const USAGE = 'npm run seed -- --tickets N [--users N] [--seed N]';
const MOST_TICKETS = 10_000_000;
const MOST_USERS = 1_000_000;

class UsageError extends Error {}

try {
  if (Number(process.versions.node.split('.')[0]) < 22) {
    throw new UsageError(`needs Node 22 or later, this is ${process.versions.node}.`);
  }
  await run(readArguments());
} catch (error) {
  process.stderr.write(`seed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function run({ tickets, users, seed }: ReturnType<typeof readArguments>): Promise<void> {
  const [{ loadDatabase }, { openDatabase }, { fillDatabase }] = await Promise.all([
    import('../config.ts'),
    import('../db/open.ts'),
    import('./fill.ts'),
  ]);
  const config = loadDatabase();
  if (config.kind !== 'sqlite')
    throw new Error('DATABASE_URL must name a SQLite file: it is filled past the server.');
  const { path } = config;
  const began = Date.now();
  const say = (text: string) => process.stdout.write(`${seconds(began).padStart(7)}  ${text}\n`);
  const database = openDatabase(path);
  say(`Filling ${path} with ${count(tickets)} tickets of ${count(users)} clients.`);
  let said = began;
  try {
    const filled = fillDatabase(database.raw, {
      tickets,
      users,
      seed,
      now: began,
      onProgress(progress) {
        if ('step' in progress) return say(`${progress.step} …`);
        if (Date.now() - said < 2000 && progress.tickets < tickets) return;
        said = Date.now();
        const percent = Math.floor((100 * progress.tickets) / tickets);
        say(`${count(progress.tickets)} tickets (${percent} %)`);
      },
    });
    const [first, last] = filled.ids;
    say(
      `Done: ${count(filled.tickets)} tickets (numbers ${first} to ${last}), ${count(filled.messages)} messages.`,
    );
  } finally {
    await database.close();
  }
}

/** @throws UsageError in one line */
function readArguments(): { tickets: number; users: number; seed: number } {
  let values: Record<string, string | undefined>;
  try {
    const text = { type: 'string' } as const;
    ({ values } = parseArgs({
      options: { tickets: text, users: text, seed: text },
      allowPositionals: false,
    }));
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split(/\.\s|\n/)[0]}. Usage: ${USAGE}`);
  }
  const number = (name: string, fallback: number | undefined, most: number): number => {
    const value = values[name];
    if (value === undefined && fallback !== undefined) return fallback;
    const parsed = /^\d{1,10}$/.test(value ?? '') ? Number(value) : NaN;
    if (parsed >= 1 && parsed <= most) return parsed;
    throw new UsageError(`--${name} must be a whole number from 1 to ${count(most)}. Usage: ${USAGE}`);
  };
  const tickets = number('tickets', undefined, MOST_TICKETS);
  const users = number('users', Math.max(5, Math.ceil(tickets / 20)), MOST_USERS);
  return { tickets, users, seed: number('seed', 1, 4_294_967_295) };
}

function count(n: number): string {
  return n.toLocaleString('en');
}

function seconds(since: number): string {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
