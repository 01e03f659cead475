import { z } from 'zod';

export const MANIFEST_NAME = 'manifest.json';
export const DATABASE_NAME = 'support.db';
const FOLDER = 'attachments/';

/** The last entry of a backup: what it holds. Without it a backup is not complete. */
export const Manifest = z.strictObject({
  format: z.literal(1),
  /** ISO 8601, UTC: when the database was as it is in here. */
  createdAt: z.iso.datetime(),
  schemaVersion: z.int().min(1),
  /** Of `support.db`, in hexadecimal. */
  databaseSha256: z.string(),
  attachments: z.int().min(0),
  /** Attachments whose bytes were gone or damaged already when the backup was made. */
  damaged: z.array(z.string()),
});
export type Manifest = z.infer<typeof Manifest>;

/** Laid out as on disk, so that an unpacked backup is a data folder. */
export function entryName(key: string): string {
  return `${FOLDER}${key.slice(0, 2)}/${key}`;
}

/** @returns the key of an attachment, or null when `name` is none of ours */
export function keyOf(name: string): string | null {
  const key = name.split('/')[2] ?? '';
  return /^[A-Za-z0-9_-]{16,64}$/.test(key) && entryName(key) === name ? key : null;
}
