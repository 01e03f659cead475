import type { RawDatabase } from '../db/open.ts';
import type { Role } from '../contract/vocabulary.ts';
import { nameSomebody } from './phrases.ts';
import type { Random } from './random.ts';
import type { Somebody } from './story.ts';

/** Agents, the last of whom is an admin: `seed-agent-1` to `-12` and `seed-admin-1`. */
const AGENTS = 12;

export interface People {
  clients: Somebody[];
  agents: Somebody[];
}

/** The clients `seed-client-1` to `-N` and the agents, made where they are missing. */
export function loadPeople(
  raw: RawDatabase,
  random: Random,
  options: { users: number; now: number },
): People {
  const insert = raw.prepare(
    `INSERT INTO users (external_id, email, name, role, created_at, seen_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (external_id) DO UPDATE SET seen_at = excluded.seen_at RETURNING id, name, role`,
  );
  const add = (externalId: string, n: number, role: Role): Somebody => {
    const domain = role === 'client' ? 'customer.example' : 'support.example';
    const { name, email } = nameSomebody(random, n, domain);
    return insert.get(externalId, email, name, role, options.now, options.now) as Somebody;
  };
  const clients: Somebody[] = [];
  for (let n = 1; n <= options.users; n += 1) clients.push(add(`seed-client-${n}`, n, 'client'));
  const agents: Somebody[] = [];
  for (let n = 1; n <= AGENTS; n += 1) agents.push(add(`seed-agent-${n}`, n, 'agent'));
  agents.push(add('seed-admin-1', AGENTS + 1, 'admin'));
  return { clients, agents };
}
