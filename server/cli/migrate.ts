import { isDeepStrictEqual } from 'node:util';
import { readAttachments, type AttachmentsConfig } from '../config-attachments.ts';
import { readDatabase, type DatabaseConfig } from '../config-database.ts';
import { ConfigError, loadAttachments, loadDatabase, type Environment } from '../config.ts';
import { DatabaseUnusable } from '../db/unusable.ts';
import { migrateDatabase, MigrationFailed } from '../migrate/migrate-database.ts';
import { migrateFiles } from '../migrate/migrate-files.ts';
import { openSource } from '../migrate/source.ts';
import { createStorage } from '../storage/create-storage.ts';
import { readArguments } from './arguments.ts';
import { CommandError, type Command, type Terminal } from './command.ts';

export const migrate: Command = {
  name: 'migrate',
  summary: 'moves to PostgreSQL and to S3, with every id, and compares afterwards',
  help: `support-center migrate --from sqlite:PATH --to postgres://…
                       [--attachments-from file:PATH|s3://…] [--attachments-to file:PATH|s3://…] [--restart]

Copies every table from SQLite to an empty PostgreSQL database, with every id and number, and every attachment
from one place to another; then reads both sides again and compares counts and hashes. Nothing changes in the
source. The server must be stopped, and stays stopped until it is started on the new database.

  --from              default: DATABASE_URL, where that is SQLite
  --to                default: DATABASE_URL, where that is PostgreSQL: a password in a command line is seen by others
  --attachments-from  default: ATTACHMENTS_URL, else file:data/attachments
  --attachments-to    the same; where both are equal, they stay. S3_ENDPOINT and AWS_… are read for s3://
  --restart           forgets an interrupted migration and what it had copied

Without a PostgreSQL database in --to or DATABASE_URL, only the attachments are moved. What is interrupted goes on
where it was when the command is given again; until it is done, no server starts on the new database.

Exit code: 0 done, 1 not done, 3 done although attachments are missing or damaged in the source.`,
  async run(args, terminal) {
    const text = { type: 'string' } as const;
    const { values } = readArguments(args, {
      from: text,
      to: text,
      'attachments-from': text,
      'attachments-to': text,
      restart: { type: 'boolean' },
    });
    const { env } = terminal;
    const own = loadDatabase(env);
    const from = values.from === undefined ? own : readDatabaseOption('--from', values.from, env);
    const to = values.to === undefined ? own : readDatabaseOption('--to', values.to, env);
    if (from.kind !== 'sqlite')
      throw new CommandError('--from is missing: the SQLite database, as sqlite:PATH.');
    const filesFrom = readFilesOption('--attachments-from', values['attachments-from'], env);
    const filesTo = readFilesOption('--attachments-to', values['attachments-to'], env);
    const isFilesOnly = to.kind === 'sqlite';
    if (values.to !== undefined && isFilesOnly) throw new CommandError('--to must be postgres://….');
    if (isFilesOnly && isDeepStrictEqual(filesFrom, filesTo)) {
      throw new CommandError('--to or --attachments-to is missing: there is nothing to move.');
    }
    return await move(
      { from: from.path, to, filesFrom, filesTo, restart: values.restart ?? false },
      terminal,
    );
  },
};

interface Move {
  from: string;
  to: DatabaseConfig;
  filesFrom: AttachmentsConfig;
  filesTo: AttachmentsConfig;
  restart: boolean;
}

async function move(
  { from, to, filesFrom, filesTo, restart }: Move,
  { say, warn }: Terminal,
): Promise<number> {
  let damaged: string[] = [];
  let source: ReturnType<typeof openSource> | undefined;
  try {
    source = openSource(from);
    const rows = source.files();
    const copyFiles = async () => {
      if (isDeepStrictEqual(filesFrom, filesTo)) return say('attachments: stay where they are');
      const [old, next] = [createStorage(filesFrom), createStorage(filesTo)];
      try {
        const done = await migrateFiles(rows, old, next, say);
        say(`attachments: ${done.copied} copied, ${done.there} were there, each compared with its hash`);
        damaged = done.damaged;
      } finally {
        old.close?.();
        next.close?.();
      }
    };
    if (to.kind === 'postgres') await migrateDatabase(source, to, { restart, say, copyFiles });
    else await copyFiles();
  } catch (error) {
    if (error instanceof DatabaseUnusable || error instanceof MigrationFailed) {
      throw new CommandError(error.message);
    }
    throw error;
  } finally {
    source?.close();
  }
  say(`Done. Start the server with the new ${to.kind === 'postgres' ? 'DATABASE_URL' : 'ATTACHMENTS_URL'}.`);
  if (damaged.length === 0) return 0;
  warn(`${damaged.length} attachments are missing or damaged in the source, and were not copied:`);
  for (const key of damaged) warn(`  ${key}`);
  return 3;
}

function readDatabaseOption(option: string, value: string, env: Environment): DatabaseConfig {
  return named(option, 'DATABASE_URL', () => readDatabase({ ...env, DATABASE_URL: value }));
}

function readFilesOption(option: string, value: string | undefined, env: Environment): AttachmentsConfig {
  if (value === undefined) return loadAttachments(env);
  return named(option, 'ATTACHMENTS_URL', () => readAttachments({ ...env, ATTACHMENTS_URL: value }));
}

/** The message names what was written, not the variable in whose place it stands. */
function named<T>(option: string, variable: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConfigError) || error.variable !== variable) throw error;
    throw new CommandError(error.message.replace(`${variable}:`, option));
  }
}
