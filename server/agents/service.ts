import type { Claims } from '../auth/claims.ts';
import type { Person } from '../contract/tickets.ts';
import { toStorageError } from '../db/storage-error.ts';
import { transact } from '../db/transact.ts';
import type { Actor, Db, Deps } from '../deps.ts';
import { forgetName } from './people.ts';
import { findUserByExternalId, listAgents, saveUser, type User } from './repository.ts';

/** How old `users.seen_at` may get before a request renews it: a write an hour, not one a request. */
const SEEN_EVERY_MS = 60 * 60 * 1000;
const REMEMBERED_USERS = 10_000;

/** Users as they stand in the database, so that a request of a known user needs no query. */
const remembered = new WeakMap<Db, Map<string, User>>();

/** What a request tells of its user's language, for where the token does not. */
export interface LanguageHint {
  /** A tag of BCP 47. */
  locale(): string | undefined;
  /** It is taken for what they speak from now on; else only where nothing is known yet. */
  isNews(): boolean;
}

const NO_HINT: LanguageHint = { locale: () => undefined, isNews: () => false };

/**
 * Makes the holder of a verified token known: name, e-mail, role and language are refreshed from it.
 *
 * @returns the actor of the request, at once where nothing is new; a known user also when the disk is full, so that reading goes on
 */
export function rememberUser(deps: Deps, claims: Claims, hint = NO_HINT): Actor | Promise<Actor> {
  const user = cacheOf(deps.db).get(claims.sub);
  const isKnown = user && isUpToDate(user, claims, wantedLocale(user, claims, hint), deps.clock.now());
  return isKnown ? actorOf(deps, user, claims) : makeKnown(deps, claims, hint);
}

async function makeKnown(deps: Deps, claims: Claims, hint: LanguageHint): Promise<Actor> {
  const now = deps.clock.now();
  let user = cacheOf(deps.db).get(claims.sub) ?? (await findUserByExternalId(deps.db, claims.sub));
  const locale = wantedLocale(user, claims, hint);
  if (!user || !isUpToDate(user, claims, locale, now)) {
    user = await refresh(deps, { ...claims, locale }, user, now);
  }
  return actorOf(deps, user, claims);
}

function actorOf(deps: Deps, user: User, claims: Claims): Actor {
  const cache = cacheOf(deps.db);
  // Set again, so that the first of the map is the one unseen for longest.
  cache.delete(claims.sub);
  cache.set(claims.sub, user);
  if (cache.size > REMEMBERED_USERS) {
    const [oldest] = cache.keys();
    if (oldest !== undefined) cache.delete(oldest);
  }
  return {
    userId: user.id,
    id: claims.sub,
    name: claims.name,
    email: claims.email,
    role: claims.role,
    ...(claims.relatedApps && { relatedApps: claims.relatedApps }),
  };
}

/** Everybody a ticket can be assigned to. */
export async function readAgents(deps: Deps): Promise<Person[]> {
  const agents = await listAgents(deps.db);
  return agents.map((agent) => ({ id: agent.external_id, name: agent.name, email: agent.email }));
}

async function refresh(deps: Deps, claims: Claims, known: User | undefined, now: number): Promise<User> {
  const { sub, name, email, role, locale } = claims;
  try {
    const person = { external_id: sub, name, email, role, locale };
    // When a morning begins, many come at once: they share a commit.
    const user = await transact(deps.db, (trx) => saveUser(trx, person, now));
    forgetName(deps.db, user.id);
    return user;
  } catch (error) {
    if (!known || !toStorageError(error)) throw error;
    deps.log.warn('user_not_refreshed', { userId: sub });
    return known;
  }
}

function isUpToDate(user: User, claims: Claims, locale: string | undefined, now: number): boolean {
  return (
    user.name === claims.name &&
    user.email === claims.email &&
    user.role === claims.role &&
    now - user.seen_at < SEEN_EVERY_MS &&
    (locale ?? user.locale) === user.locale
  );
}

function wantedLocale(user: User | undefined, claims: Claims, hint: LanguageHint): string | undefined {
  if (claims.locale !== undefined) return claims.locale;
  return !user?.locale || hint.isNews() ? hint.locale() : undefined;
}

function cacheOf(db: Db): Map<string, User> {
  const known = remembered.get(db);
  if (known) return known;
  const cache = new Map<string, User>();
  remembered.set(db, cache);
  return cache;
}
