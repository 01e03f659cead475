import { randomBytes } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { AttachmentsConfig } from '../config-attachments.ts';
import type { DatabaseConfig } from '../config-database.ts';
import { formatBytes } from '../format-bytes.ts';
import { ok, problem, warning, type Finding } from './finding.ts';

const LITTLE_BYTES = 1024 ** 3;
/** A log this long means that something keeps it from being folded in: a reader that never ends. */
const LONG_LOG_BYTES = 512 * 1024 ** 2;

/** Room and permission to write, where the database is, and where attachments are or wait for their bucket. */
export async function checkDisk(
  database: DatabaseConfig,
  attachments: AttachmentsConfig,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  if (database.kind === 'sqlite') findings.push(...(await checkFile(database.path)));
  if (attachments.kind === 'file') {
    findings.push(await checkFolder('attachments', nearestFolder(attachments.path)));
  } else {
    findings.push(await checkFolder('files on their way to the bucket', tmpdir()));
  }
  return findings;
}

async function checkFile(database: string): Promise<Finding[]> {
  const findings = [await checkFolder('database', dirname(resolve(database)))];
  const log = `${database}-wal`;
  if (existsSync(log) && statSync(log).size > LONG_LOG_BYTES) {
    const size = formatBytes(statSync(log).size);
    findings.push(warning('disk', `the write-ahead log has ${size}: something reads without an end`));
  }
  return findings;
}

async function checkFolder(what: string, folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const probe = join(folder, `.support-center-${randomBytes(6).toString('hex')}`);
  try {
    await writeFile(probe, 'a probe', { flag: 'wx' });
  } catch (error) {
    return problem('disk', `${what}: nothing can be written in ${folder} (${(error as Error).message})`);
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
  const text = `${what}: ${formatBytes(free)} free`;
  return free < LITTLE_BYTES ? warning('disk', text) : ok('disk', text);
}

/** The folder of attachments is made with the first of them. */
function nearestFolder(path: string): string {
  let folder = resolve(path);
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}
