import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { query } from '../db/fragment.ts';
import type { Trx } from '../db/transact.ts';
import type { Db } from '../deps.ts';

/** Signs what the support center itself will have to recognise, such as its reply addresses. */
export type Signer = (text: string) => string;

/** 130 bits in the alphabet of base32hex: mail servers may change the case of an address. */
const LENGTH = 26;
const ALPHABET = '0123456789abcdefghijklmnopqrstuv';

/**
 * The signer of this database: its key is made with the first use and kept with the data, so that every
 * process has the same one and addresses in old mails stay good when the keys of the tokens change.
 */
export async function readSigner(db: Db | Trx, purpose: string): Promise<Signer> {
  const name = `sign:${purpose}`;
  const key = Buffer.from((await readKey(db, name)) ?? (await makeKey(db, name)), 'base64url');
  return (text) => encode(createHmac('sha256', key).update(text).digest()).slice(0, LENGTH);
}

/** @param given as it came in; its case does not matter */
export function isSignature(sign: Signer, text: string, given: string): boolean {
  const expected = Buffer.from(sign(text));
  const received = Buffer.from(given.toLowerCase());
  return received.length === expected.length && timingSafeEqual(received, expected);
}

async function readKey(db: Db | Trx, name: string): Promise<string | undefined> {
  const [key] = await query<{ value: string }>(db, {
    sql: 'SELECT value FROM keys WHERE name = ?',
    parameters: [name],
  });
  return key?.value;
}

/** Of two processes that come first at once, both get the key of the faster one. */
async function makeKey(db: Db | Trx, name: string): Promise<string> {
  const value = randomBytes(32).toString('base64url');
  await db
    .insertInto('keys')
    .values({ name, value })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await readKey(db, name)) ?? value;
}

function encode(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(held >> bits) & 31];
    }
  }
  return text;
}
