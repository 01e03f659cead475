import { isPostgres } from './dialect.ts';
import type { Trx } from './transact.ts';

/** What a transaction still has to do at its end. */
export interface Hooks {
  before: Array<() => Promise<void>>;
  after: Array<() => void>;
}

const hooks = new WeakMap<Trx, Hooks>();

/** Begins to collect what the work in this transaction leaves for its end. */
export function collectHooks(trx: Trx): Hooks {
  const collected: Hooks = { before: [], after: [] };
  hooks.set(trx, collected);
  return collected;
}

/** Runs `hook` once the transaction has committed; not at all when it rolls back. It must not throw. */
export function afterCommit(trx: Trx, hook: () => void): void {
  hooksOf(trx).after.push(hook);
}

/**
 * Runs `hook` in the transaction, right before it commits: what all transactions have to wait for each other for.
 * SQLite has one writer at a time anyway: there it runs at once.
 */
export async function beforeCommit(trx: Trx, hook: () => Promise<void>): Promise<void> {
  if (isPostgres(trx)) hooksOf(trx).before.push(hook);
  else await hook();
}

function hooksOf(trx: Trx): Hooks {
  const collected = hooks.get(trx);
  if (!collected) throw new Error('afterCommit outside of transact()');
  return collected;
}
