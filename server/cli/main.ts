import { readFileSync } from 'node:fs';
import { ConfigError, type Environment } from '../config.ts';
import { DatabaseUnusable } from '../db/unusable.ts';
import { StorageMisconfigured, StorageUnavailable } from '../storage/problems.ts';
import { backup } from './backup.ts';
import { CommandError, type Command, type Terminal } from './command.ts';
import { doctor } from './doctor.ts';
import { exportTickets } from './export.ts';
import { migrate } from './migrate.ts';
import { restore } from './restore.ts';

const COMMANDS: readonly Command[] = [backup, restore, doctor, exportTickets, migrate];

const HELP = `support-center: looks after the data of a support center.

Usage: support-center <command> [options]

${COMMANDS.map(({ name, summary }) => `  ${name.padEnd(10)}${summary}`).join('\n')}

  support-center <command> --help   everything about one command
  support-center --version

Settings are the environment variables of the server: DATABASE_URL (default sqlite:data/support.db) and
ATTACHMENTS_URL (default file:data/attachments) say where the data is, relative to the working folder.`;

/**
 * The program `support-center`.
 *
 * @param args without the names of Node and of the program
 * @returns the exit code: 0 done, 1 not done, 3 done with something to look at
 */
export async function main(args: string[], terminal: Terminal = ownTerminal()): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    terminal.say(HELP);
    return name === undefined ? 1 : 0;
  }
  if (name === '--version') {
    terminal.say(version());
    return 0;
  }
  const command = COMMANDS.find((one) => one.name === name);
  if (!command) {
    terminal.warn(`support-center: there is no command "${name}". See support-center --help.`);
    return 1;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    terminal.say(command.help);
    return 0;
  }
  try {
    return await command.run(rest, terminal);
  } catch (error) {
    // Somebody reads no further (`| head`): that is no fault.
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') return 0;
    terminal.warn(`support-center ${name}: ${explain(error)}`);
    return 1;
  }
}

function ownTerminal(env: Environment = process.env): Terminal {
  const write = (text: string) =>
    new Promise<void>((resolve, reject) => {
      process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
    });
  // The write that fails says so itself.
  process.stdout.on('error', () => {});
  return {
    env,
    say: (line) => void process.stdout.write(`${line}\n`),
    warn: (line) => void process.stderr.write(`${line}\n`),
    write,
  };
}

const EXPECTED = [CommandError, ConfigError, DatabaseUnusable, StorageMisconfigured, StorageUnavailable];

/** One line; the stack only of what nobody expected. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  const isExpected = EXPECTED.some((known) => error instanceof known) || code !== undefined;
  return isExpected ? error.message.replace(/\s*\n\s*/g, ' ') : (error.stack ?? error.message);
}

/** `package.json` stands at the top of the package: two floors up as source, three when compiled. */
function version(): string {
  for (const path of ['../../package.json', '../../../package.json']) {
    try {
      const { version } = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as {
        version: string;
      };
      return version;
    } catch {}
  }
  return 'unknown';
}
