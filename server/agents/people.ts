import type { Role } from '../contract/vocabulary.ts';
import { query } from '../db/fragment.ts';
import { observedOthers } from '../db/state.ts';
import type { Clock, Db } from '../deps.ts';
import { isWide } from '../http/json.ts';

/** A person as lists and conversations name them: members of JSON that are made once, each after a comma. */
export interface NamedPerson {
  /** `,"requester":{id, name, email}` */
  asRequester: string;
  /** `,"assignee":{id, name}` */
  asAssignee: string;
  /** `,"author":{id, name, role}`, by the role that they wrote in */
  asAuthor: Record<Role, string>;
  /** There is a character in it that `isWide` is about. */
  isWide: boolean;
}

/** People named at most: beyond it, all who are not named just now are forgotten. */
const CAPACITY = 20_000;
/** After so many milliseconds they are read again: another process on the same database may have renamed them. */
const FRESH_MS = 30_000;

interface Remembered extends NamedPerson {
  readAt: number;
  /** To be read again. */
  isOld: boolean;
  others: number;
}

const named = new WeakMap<Db, Map<number, Remembered>>();

/**
 * The people with these ids (`users.id`), from memory where they have been read a moment ago. A list names the same
 * few again and again, and joining them cost as much as the tickets.
 */
export async function namePeople(
  { db, clock }: { db: Db; clock: Clock },
  ids: readonly number[],
): Promise<ReadonlyMap<number, NamedPerson>> {
  let known = named.get(db);
  const now = clock.now();
  const others = observedOthers(db);
  const missing = new Set<number>();
  for (const id of ids) {
    const person = known?.get(id);
    if (!person || person.isOld || Math.abs(now - person.readAt) > FRESH_MS || person.others !== others) {
      missing.add(id);
    }
  }
  if (known && missing.size === 0) return known;
  if (!known || known.size + missing.size > CAPACITY) {
    // Who is still at work with the ones before keeps them.
    const wanted = [...new Set(ids)].flatMap((id) => (known?.has(id) ? [[id, known.get(id)!] as const] : []));
    known = new Map(wanted);
    named.set(db, known);
  }
  const rows = await query<{ id: number; external_id: string; name: string; email: string }>(db, {
    sql: `SELECT users.id, external_id, name, email
      FROM json_each(?) AS wanted CROSS JOIN users ON users.id = wanted.value`,
    parameters: [JSON.stringify([...missing])],
  });
  for (const { id, external_id: externalId, name, email } of rows) {
    const asRequester = member('requester', { id: externalId, name, email });
    const authorAs = (role: Role) => member('author', { id: externalId, name, role });
    known.set(id, {
      asRequester,
      asAssignee: member('assignee', { id: externalId, name }),
      asAuthor: { client: authorAs('client'), agent: authorAs('agent'), admin: authorAs('admin') },
      isWide: isWide(asRequester),
      readAt: now,
      isOld: false,
      others,
    });
  }
  return known;
}

function member(name: string, person: object): string {
  return `,"${name}":${JSON.stringify(person)}`;
}

/** Called when this process has written anew what is known of somebody. */
export function forgetName(db: Db, id: number): void {
  const person = named.get(db)?.get(id);
  if (person) person.isOld = true;
}
