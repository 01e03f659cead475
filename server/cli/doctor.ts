import { loadAttachments, loadDatabase, type Environment } from '../config.ts';
import type { DatabaseConfig } from '../config-database.ts';
import { openExisting, queriesOn } from '../db/maintain.ts';
import { DatabaseUnusable } from '../db/unusable.ts';
import { requireVersion } from '../db/postgres/migrations.ts';
import { openPostgres } from '../db/postgres/open.ts';
import { toStorageError } from '../db/storage-error.ts';
import type { Db } from '../deps.ts';
import { checkAttachments } from '../doctor/check-attachments.ts';
import { checkDatabase } from '../doctor/check-database.ts';
import { checkDisk } from '../doctor/check-disk.ts';
import { checkMail } from '../doctor/check-mail.ts';
import { checkPostgres } from '../doctor/check-postgres.ts';
import { checkConfiguration, checkSettings } from '../doctor/check-settings.ts';
import { checkStorage } from '../doctor/check-storage.ts';
import { problem, type Finding } from '../doctor/finding.ts';
import type { AttachmentsConfig } from '../config-attachments.ts';
import { createStorage } from '../storage/create-storage.ts';
import { readArguments } from './arguments.ts';
import type { Command } from './command.ts';

const SIGNS = { ok: 'ok     ', warning: 'WARNING', problem: 'PROBLEM' } as const;

export const doctor: Command = {
  name: 'doctor',
  summary: 'looks for damage, left-overs, wrong settings, stuck mails and full disks',
  help: `support-center doctor [--quick] [--json]

Looks at configuration, database, counts, attachments, settings, mail and disk, and says what it finds, a
line each. It changes nothing, and the server may run meanwhile.

  --quick   does not read every page of the database and every byte of the attachments
  --json    an array of {about, level, text}

Exit code: 0 without a problem (there may be warnings), 1 with one.`,
  async run(args, { env, say }) {
    const { values } = readArguments(args, { quick: { type: 'boolean' }, json: { type: 'boolean' } });
    const findings = [...checkConfiguration(env), ...(await examine(env, !values.quick))];
    if (values.json) say(JSON.stringify(findings, null, 2));
    else for (const { level, about, text } of findings) say(`${SIGNS[level]}  ${about}: ${text}`);
    return findings.some(({ level }) => level === 'problem') ? 1 : 0;
  },
};

async function examine(env: Environment, thorough: boolean): Promise<Finding[]> {
  const database = loadDatabase(env);
  const attachments = loadAttachments(env);
  try {
    return database.kind === 'sqlite'
      ? await examineSqlite(database, attachments, thorough)
      : await examinePostgres(database, attachments, thorough);
  } catch (error) {
    // Damage may be such that SQLite cannot even look for it.
    const { code, message } = error as NodeJS.ErrnoException;
    const isKnown = error instanceof DatabaseUnusable || toStorageError(error) !== undefined;
    if (isKnown || code?.startsWith('SQLITE')) return [problem('database', message)];
    throw error;
  }
}

async function examineSqlite(
  config: DatabaseConfig & { kind: 'sqlite' },
  attachments: AttachmentsConfig,
  thorough: boolean,
): Promise<Finding[]> {
  const raw = openExisting(config.path);
  try {
    raw.pragma('query_only = ON');
    const findings = checkDatabase(raw, thorough);
    // What is read from a damaged database says nothing.
    if (findings.some(({ level, about }) => level === 'problem' && about === 'database')) return findings;
    return [...findings, ...(await lookAt(queriesOn(raw), config, attachments, thorough))];
  } finally {
    raw.close();
  }
}

async function examinePostgres(
  config: DatabaseConfig & { kind: 'postgres' },
  attachments: AttachmentsConfig,
  thorough: boolean,
): Promise<Finding[]> {
  const { db, ready, close } = openPostgres({ ...config, connections: 2 }, (client) =>
    requireVersion(client, { exact: false }),
  );
  try {
    await ready();
    return [...(await checkPostgres(db, thorough)), ...(await lookAt(db, config, attachments, thorough))];
  } finally {
    await close();
  }
}

async function lookAt(
  db: Db,
  config: DatabaseConfig,
  attachments: AttachmentsConfig,
  thorough: boolean,
): Promise<Finding[]> {
  const now = Date.now();
  return [
    ...(await lookAtFiles(db, attachments, thorough, now)),
    ...(await checkSettings(db)),
    ...(await checkMail(db, now)),
    ...(await checkDisk(config, attachments)),
  ];
}

async function lookAtFiles(
  db: Db,
  config: AttachmentsConfig,
  thorough: boolean,
  now: number,
): Promise<Finding[]> {
  const storage = createStorage(config);
  try {
    // A folder is looked at as a disk.
    const findings = config.kind === 's3' ? await checkStorage(storage) : [];
    if (findings.some(({ level }) => level === 'problem')) return findings;
    return [...findings, ...(await checkAttachments(db, storage, thorough, now))];
  } finally {
    storage.close?.();
  }
}
