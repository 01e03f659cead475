import { query } from '../db/fragment.ts';
import { observedOthers } from '../db/state.ts';
import type { Clock, Db } from '../deps.ts';

/** A person as lists name them: JSON that is made once. */
export interface NamedPerson {
  /** `{id, name, email}` */
  asRequester: string;
  /** `{id, name}` */
  asAssignee: string;
}

/** People named at most; the ones read earliest go first. */
const CAPACITY = 20_000;
/** After so many milliseconds they are read again: another process on the same database may have renamed them. */
const FRESH_MS = 30_000;

interface Remembered extends NamedPerson {
  readAt: number;
  others: number;
}

const named = new WeakMap<Db, Map<number, Remembered>>();

/**
 * The people with these ids (`users.id`), from memory where they have been read a moment ago. A list names the same
 * few again and again, and joining them cost as much as the tickets.
 */
export async function namePeople(
  { db, clock }: { db: Db; clock: Clock },
  ids: Iterable<number>,
): Promise<ReadonlyMap<number, NamedPerson>> {
  const known = peopleOf(db);
  const now = clock.now();
  const others = observedOthers(db);
  const missing = new Set<number>();
  for (const id of ids) {
    const person = known.get(id);
    if (!person || Math.abs(now - person.readAt) > FRESH_MS || person.others !== others) missing.add(id);
  }
  if (missing.size === 0) return known;
  if (known.size + missing.size > CAPACITY) {
    const wanted = new Set(ids);
    for (const id of known.keys()) {
      if (known.size + missing.size <= CAPACITY) break;
      if (!wanted.has(id)) known.delete(id);
    }
  }
  const rows = await query<{ id: number; external_id: string; name: string; email: string }>(db, {
    sql: `SELECT users.id, external_id, name, email
      FROM json_each(?) AS wanted CROSS JOIN users ON users.id = wanted.value`,
    parameters: [JSON.stringify([...missing])],
  });
  for (const { id, external_id: externalId, name, email } of rows) {
    known.delete(id);
    known.set(id, {
      asRequester: JSON.stringify({ id: externalId, name, email }),
      asAssignee: JSON.stringify({ id: externalId, name }),
      readAt: now,
      others,
    });
  }
  return known;
}

/** Called when this process has written anew what is known of somebody. */
export function forgetName(db: Db, id: number): void {
  named.get(db)?.delete(id);
}

function peopleOf(db: Db): Map<number, Remembered> {
  const known = named.get(db) ?? new Map<number, Remembered>();
  named.set(db, known);
  return known;
}
