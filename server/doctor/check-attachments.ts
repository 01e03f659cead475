import { createHash } from 'node:crypto';
import type { AttachmentStorage, Db } from '../deps.ts';
import { ok, problem, warning, type Finding } from './finding.ts';

/** Younger than this, bytes without a row may be an upload under way. Milliseconds. */
const SETTLED_MS = 24 * 60 * 60 * 1000;
const NAMED = 5;

interface FileRow {
  uid: string;
  size: number;
  sha256: string;
}

/**
 * Holds rows and bytes against each other.
 *
 * @param thorough reads every byte; else only whether there is a file
 * @param now milliseconds since 1970 UTC
 */
export async function checkAttachments(
  db: Db,
  storage: AttachmentStorage,
  thorough: boolean,
  now: number,
): Promise<Finding[]> {
  const stored = new Map<string, number>();
  for await (const { key, modifiedAt } of storage.keys()) stored.set(key, modifiedAt);
  // Rows after bytes: what is uploaded in between has its bytes first.
  const rows = await db.selectFrom('attachments').select(['uid', 'size', 'sha256']).execute();
  const missing: string[] = [];
  const damaged: string[] = [];
  for (const row of rows) {
    const age = stored.get(row.uid);
    stored.delete(row.uid);
    if (!thorough && age !== undefined) continue;
    const state = await readState(storage, row);
    // Deleted while we looked.
    if (state === 'missing' && !(await hasRow(db, row.uid))) continue;
    if (state === 'missing') missing.push(row.uid);
    if (state === 'damaged') damaged.push(row.uid);
  }
  const orphans: string[] = [];
  for (const [key, age] of stored) {
    if (age < now - SETTLED_MS && !(await hasRow(db, key))) orphans.push(key);
  }
  const findings: Finding[] = [];
  if (missing.length > 0)
    findings.push(problem('attachments', `${missing.length} are gone: ${some(missing)}`));
  if (damaged.length > 0) {
    findings.push(
      problem('attachments', `${damaged.length} hold other bytes than were sent: ${some(damaged)}`),
    );
  }
  if (orphans.length > 0) {
    const text = `${orphans.length} files belong to no ticket; the server removes them within the hour`;
    findings.push(warning('attachments', text));
  }
  if (missing.length + damaged.length > 0) return findings;
  const checked = thorough ? 'are there, byte for byte' : 'are there (--quick)';
  return [ok('attachments', `${rows.length} ${checked}`), ...findings];
}

async function readState(storage: AttachmentStorage, row: FileRow): Promise<'whole' | 'missing' | 'damaged'> {
  const bytes = await storage.open(row.uid);
  if (!bytes) return 'missing';
  const hash = createHash('sha256');
  for await (const chunk of bytes) hash.update(chunk as Buffer);
  return hash.digest('hex') === row.sha256 ? 'whole' : 'damaged';
}

async function hasRow(db: Db, uid: string): Promise<boolean> {
  return (
    (await db.selectFrom('attachments').select('id').where('uid', '=', uid).executeTakeFirst()) !== undefined
  );
}

function some(keys: string[]): string {
  const more = keys.length - NAMED;
  return keys.slice(0, NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
