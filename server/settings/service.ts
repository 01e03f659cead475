import type { Settings, SettingsInput } from '../contract/settings.ts';
import { requireVersion } from '../if-match.ts';
import { lock } from '../db/lock.ts';
import { afterCommit, transact, type Trx } from '../db/transact.ts';
import type { Actor, Db, Deps } from '../deps.ts';
import { advanceRoundRobin, loadSettings, saveSettings, type StoredSettings } from './repository.ts';
import { checkSettings } from './check.ts';

/** One for each open database. Versions only grow, so a slow reader cannot put an old one back. */
const cache = new WeakMap<Db, StoredSettings>();

/**
 * The settings in force. From memory, except inside a transaction: there they are what the transaction sees.
 * Settings saved by another process on the same database arrive by `refreshSettings`.
 */
export async function readSettings(db: Db | Trx): Promise<Settings> {
  return (await readSettingsVersion(db)).settings;
}

/** The same with the version that the `ETag` shows. */
export async function readSettingsVersion(db: Db | Trx): Promise<StoredSettings> {
  if (db.isTransaction) return await loadSettings(db);
  return cache.get(db) ?? (await refreshSettings(db));
}

/** Reads them anew, past the cache. Called every few seconds by the scheduler. */
export async function refreshSettings(db: Db): Promise<StoredSettings> {
  const loaded = await loadSettings(db);
  remember(db, loaded);
  return loaded;
}

/**
 * Saves what `input` names; every other field keeps its value. Nothing new leaves the version alone.
 *
 * @param ifMatch the `If-Match` header
 * @throws SupportError `version_required`, `version_mismatch`, `validation_failed`
 */
export async function changeSettings(
  deps: Deps,
  actor: Actor,
  input: SettingsInput,
  ifMatch: string | undefined,
): Promise<StoredSettings> {
  return await transact(deps.db, async (trx) => {
    await lock(trx, 'settings');
    const before = await loadSettings(trx);
    requireVersion(ifMatch, before.version);
    const settings: Settings = { ...before.settings, ...input };
    await checkSettings(trx, settings, input);
    if (JSON.stringify(settings) === JSON.stringify(before.settings)) return before;
    const after = { settings, version: before.version + 1 };
    await saveSettings(trx, after, { now: deps.clock.now(), userId: actor.userId });
    afterCommit(trx, () => {
      remember(deps.db, after);
      deps.live.spread({ settings: true });
      deps.log.info('settings.changed', { userId: actor.id, version: after.version });
    });
    return after;
  });
}

/**
 * Takes the next turn of the round robin.
 *
 * @returns its position, counting from 0 and growing by one with each turn
 */
export async function takeRoundRobinTurn(trx: Trx): Promise<number> {
  return await advanceRoundRobin(trx);
}

function remember(db: Db, loaded: StoredSettings): void {
  const known = cache.get(db);
  if (!known || known.version <= loaded.version) cache.set(db, loaded);
}
