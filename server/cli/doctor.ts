import { loadAttachments, type Environment } from '../config.ts';
import { DatabaseUnusable, openExisting } from '../db/maintain.ts';
import type { RawDatabase } from '../db/open.ts';
import { checkAttachments } from '../doctor/check-attachments.ts';
import { checkDatabase } from '../doctor/check-database.ts';
import { checkDisk } from '../doctor/check-disk.ts';
import { checkMail } from '../doctor/check-mail.ts';
import { checkConfiguration, checkSettings } from '../doctor/check-settings.ts';
import { checkStorage } from '../doctor/check-storage.ts';
import { problem, type Finding } from '../doctor/finding.ts';
import type { AttachmentsConfig } from '../config-attachments.ts';
import { createStorage } from '../storage/create-storage.ts';
import { readArguments } from './arguments.ts';
import type { Command } from './command.ts';
import { sqlitePath } from './sqlite-only.ts';

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
  const path = sqlitePath(env, 'See pg_amcheck.');
  let raw: RawDatabase | undefined;
  try {
    raw = openExisting(path);
    return await lookAt(raw, path, loadAttachments(env), thorough);
  } catch (error) {
    // Damage may be such that SQLite cannot even look for it.
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof DatabaseUnusable || code?.startsWith('SQLITE'))
      return [problem('database', message)];
    throw error;
  } finally {
    raw?.close();
  }
}

async function lookAt(
  raw: RawDatabase,
  path: string,
  attachments: AttachmentsConfig,
  thorough: boolean,
): Promise<Finding[]> {
  raw.pragma('query_only = ON');
  const findings = checkDatabase(raw, thorough);
  // What is read from a damaged database says nothing.
  if (findings.some(({ level, about }) => level === 'problem' && about === 'database')) return findings;
  const now = Date.now();
  return [
    ...findings,
    ...(await lookAtFiles(raw, attachments, thorough, now)),
    ...checkSettings(raw),
    ...checkMail(raw, now),
    ...(await checkDisk(path, attachments)),
  ];
}

async function lookAtFiles(
  raw: RawDatabase,
  config: AttachmentsConfig,
  thorough: boolean,
  now: number,
): Promise<Finding[]> {
  const storage = createStorage(config);
  try {
    const findings = await checkStorage(storage);
    if (findings.some(({ level }) => level === 'problem')) return findings;
    return [...findings, ...(await checkAttachments(raw, storage, thorough, now))];
  } finally {
    storage.close?.();
  }
}
