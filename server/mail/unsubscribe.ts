import type { NotificationKind } from '../contract/vocabulary.ts';
import { notFound } from '../contract/errors.ts';
import { transact, type Trx } from '../db/transact.ts';
import type { Db, Deps } from '../deps.ts';
import { isSignature, readSigner } from './keys.ts';

/** Mails that answer nothing the recipient did, and that they can do without. */
const DISPENSABLE: ReadonlySet<string> = new Set<NotificationKind>(['reminder']);
const PURPOSE = 'unsubscribe';

/**
 * One-click unsubscribing (RFC 8058), for the mails that are not an answer to anything. Only where
 * `PUBLIC_URL` says how a mailbox reaches this server.
 */
export async function unsubscribeHeaders(
  trx: Trx,
  deps: Deps,
  kind: string,
  to: string,
): Promise<Record<string, string>> {
  const { publicUrl } = deps.config;
  if (!publicUrl || !DISPENSABLE.has(kind)) return {};
  const address = to.toLowerCase();
  const sign = await readSigner(trx, PURPOSE);
  const token = `${Buffer.from(address).toString('base64url')}.${sign(address)}`;
  return {
    'List-Unsubscribe': `<${publicUrl}/unsubscribe/${token}>`,
    // Mailboxes press only what is encrypted: section 3.1.
    ...(publicUrl.startsWith('https:') && { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
  };
}

/** Whether this mail must not go to this address any more. */
export async function isUnsubscribed(db: Db | Trx, kind: string, to: string): Promise<boolean> {
  if (!DISPENSABLE.has(kind)) return false;
  const row = await db
    .selectFrom('unsubscribed_addresses')
    .select('since')
    .where('address', '=', to.toLowerCase())
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * @param token of the link in a mail
 * @throws SupportError `not_found`
 */
export async function unsubscribe(deps: Deps, token: string): Promise<void> {
  const address = await readToken(deps.db, token);
  await transact(deps.db, async (trx) => {
    await trx
      .insertInto('unsubscribed_addresses')
      .values({ address, since: deps.clock.now() })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
  deps.log.info('mail.unsubscribed');
}

/** @throws SupportError `not_found` */
export async function checkUnsubscribeToken(deps: Deps, token: string): Promise<void> {
  await readToken(deps.db, token);
}

async function readToken(db: Db, token: string): Promise<string> {
  const match = /^([\w-]{1,500})\.([0-9a-v]{1,40})$/.exec(token);
  if (!match) throw notFound();
  const address = Buffer.from(match[1]!, 'base64url').toString();
  if (!isSignature(await readSigner(db, PURPOSE), address, match[2]!)) throw notFound();
  return address;
}
