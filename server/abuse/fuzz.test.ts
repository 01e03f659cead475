import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { findDamage } from '../testing/find-damage.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { ADMIN, AGENT, CLIENT, OTHER_AGENT, OTHER_CLIENT, type TestUser } from '../testing/users.ts';
import { IS_LONG } from './long.ts';
import { like, type JsonSchema, type Schemas } from './schema-arbitrary.ts';

/**
 * The API, fuzzed from its own description: sequences of requests that are right for the most part, from people of
 * every role, with what earlier answers have told them. No answer is a 500, and each is one that the document promises.
 */
const USERS = [CLIENT, OTHER_CLIENT, AGENT, OTHER_AGENT, ADMIN];

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  schema: JsonSchema;
}
interface Operation {
  operationId: string;
  method: string;
  path: string;
  parameters: Parameter[];
  body?: { type: string; schema: JsonSchema };
  responses: Record<string, { content?: Record<string, { schema?: JsonSchema }> }>;
}
interface Step {
  operation: Operation;
  user: TestUser;
  body: unknown;
  query: Record<string, unknown>;
  /** Chooses among what is known; even ones take the newest. */
  pick: number;
  advanceMs: number;
}

let operations: Operation[];
let schemas: Schemas;
beforeAll(async () => {
  const test = await createTestApp();
  const document = (await (await test.app.request('/openapi.json')).json()) as {
    paths: Record<
      string,
      Record<
        string,
        Omit<Operation, 'method' | 'path' | 'body'> & {
          requestBody?: { content: Record<string, { schema: JsonSchema }> };
        }
      >
    >;
    components: { schemas: Schemas };
  };
  await test.close();
  schemas = document.components.schemas;
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { requestBody, parameters = [], ...rest }]) => {
      const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
      return {
        ...rest,
        parameters,
        path,
        method: method.toUpperCase(),
        ...(type && content && { body: { type, schema: content.schema } }),
      };
    }),
  );
});

function steps(): fc.Arbitrary<Step> {
  const each = operations.map((operation) =>
    fc.record<Step>({
      operation: fc.constant(operation),
      user: fc.constantFrom(...USERS),
      body: operation.body ? like(operation.body.schema, schemas) : fc.constant(undefined),
      query: fc.record(
        Object.fromEntries(
          operation.parameters
            .filter((one) => one.in === 'query')
            .map(({ name, schema }) => [name, like(schema, schemas)]),
        ),
        { requiredKeys: [] },
      ),
      pick: fc.nat({ max: 1000 }),
      advanceMs: fc.constantFrom(0, 1, 1000, 60_000, 8 * 24 * 60 * 60_000),
    }),
  );
  // Most requests are about tickets that exist, so those are made more often.
  const weight = ({ operationId }: Operation) =>
    /^(createTicket|postMessage|changeTicket|uploadAttachment|changeSettings)$/.test(operationId) ? 4 : 1;
  return fc.oneof(...each.map((arbitrary, index) => ({ arbitrary, weight: weight(operations[index]!) })));
}

/** What answers have told so far. */
class Known {
  readonly numbers: string[] = [];
  readonly files: string[] = [];
  readonly cursors: string[] = [];
  readonly versions: string[] = ['"1"', '*'];

  learn(response: Response, text: string): void {
    const etag = response.headers.get('etag');
    if (etag) this.versions.push(etag);
    for (const [, number] of text.matchAll(/"number":"([^"]+)"/g))
      if (!this.numbers.includes(number!)) this.numbers.push(number!);
    for (const [, cursor] of text.matchAll(/"nextCursor":"([^"]+)"/g)) this.cursors.push(cursor!);
    const file = /^\{"id":"([\w-]+)","name"/.exec(text)?.[1];
    if (file) this.files.push(file);
  }

  choose(from: readonly string[], pick: number): string | undefined {
    return pick % 2 === 0 ? from.at(-1) : from[pick % Math.max(1, from.length)];
  }
}

const ASSIGNMENTS = [
  { mode: 'round_robin', agentIds: [AGENT.sub, ADMIN.sub], assignToFirstReplier: false },
  { mode: 'agent', agentId: AGENT.sub, assignToFirstReplier: true },
  { mode: 'none', assignToFirstReplier: true },
];

/** Puts what is known where a request would have it; one in seven keeps what was made up. */
function informed(body: unknown, known: Known, pick: number): unknown {
  if (pick % 7 === 0 || typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const { ...value } = body as Record<string, unknown>;
  if ('followUpOf' in value) value['followUpOf'] = known.choose(known.numbers, pick) ?? null;
  if ('attachmentIds' in value) value['attachmentIds'] = known.files.slice(-(pick % 3) || known.files.length);
  if ('assignment' in value && pick % 2 === 0) value['assignment'] = ASSIGNMENTS[pick % ASSIGNMENTS.length];
  if ('assigneeId' in value) value['assigneeId'] = [AGENT.sub, ADMIN.sub, CLIENT.sub, null][pick % 4];
  return value;
}

async function perform(
  test: TestApp,
  step: Step,
  known: Known,
): Promise<{ response: Response; text: string; sent: string }> {
  const { operation, pick } = step;
  const path = operation.path.replace(/\{(\w+)\}/g, (_all, name: string) =>
    encodeURIComponent(
      (name === 'number' ? known.choose(known.numbers, pick) : known.choose(known.files, pick)) ?? 'SUP-1',
    ),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(step.query)) {
    const known_ = name === 'cursor' && pick % 3 !== 0 ? known.choose(known.cursors, pick) : undefined;
    for (const one of known_ ?? (Array.isArray(value) ? value : [value]))
      query.append(name, typeof one === 'string' ? one : (JSON.stringify(one) ?? ''));
  }
  const headers = new Headers({ authorization: `Bearer ${await test.token(step.user)}` });
  for (const { name, in: place } of operation.parameters) {
    if (place !== 'header' || pick % 5 === 0) continue;
    if (name === 'If-Match') headers.set(name, pick % 3 === 0 ? '*' : known.choose(known.versions, pick)!);
    else if (name === 'Idempotency-Key') headers.set(name, `key-${pick % 4}`);
  }
  let body: BodyInit | undefined;
  if (operation.body?.type === 'multipart/form-data') {
    const form = new FormData();
    form.set(pick % 9 === 0 ? 'other' : 'file', new File([JSON.stringify(step.body)], `name-${pick}.txt`));
    body = form;
  } else if (operation.body) {
    headers.set('content-type', pick % 50 === 0 ? 'text/plain' : operation.body.type);
    body = JSON.stringify(informed(step.body, known, pick)) ?? '';
  }
  const target = `${path}${query.size > 0 ? `?${query}` : ''}`;
  const response = await test.app.request(target, { method: operation.method, headers, body });
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  if (isStream) await response.body?.cancel();
  const sent = `${step.user.role} ${operation.method} ${target} ${typeof body === 'string' ? body.slice(0, 2000) : ''}`;
  return { response, text: isStream ? '' : await response.text(), sent };
}

const compiled = new Map<string, z.ZodType>();

/** The schema as a validator: its references lead into `$defs`. */
function validator(schema: JsonSchema): z.ZodType {
  const key = JSON.stringify(schema);
  const known = compiled.get(key);
  if (known) return known;
  const whole = JSON.stringify({ ...schema, $defs: schemas }).replaceAll('#/components/schemas/', '#/$defs/');
  const made = z.fromJSONSchema(JSON.parse(whole) as Parameters<typeof z.fromJSONSchema>[0]);
  compiled.set(key, made);
  return made;
}

function expectPromised(
  { responses, operationId }: Operation,
  response: Response,
  text: string,
  sent: string,
): void {
  const said = `${sent}\n→ ${response.status} ${text.slice(0, 500)}`;
  expect(response.status, said).toBeLessThan(500);
  const promised = responses[String(response.status)];
  expect(promised, `${operationId} promises no ${response.status}: ${said}`).toBeDefined();
  const type = response.headers.get('content-type')?.split(';')[0] ?? '';
  const content = promised!.content;
  if (!content) return expect(text, said).toBe('');
  expect(Object.keys(content), said).toContain(type);
  const { schema } = content[type]!;
  if (!schema || !/json$/.test(type)) return;
  const result = validator(schema).safeParse(JSON.parse(text));
  expect(result.success ? '' : `${result.error.message}\n${said}`).toBe('');
}

/** Whatever a client is told is theirs, and no note. */
function expectOwn(user: TestUser, text: string, sent: string): void {
  if (user.role !== 'client') return;
  expect(text, sent).not.toMatch(/"internal":true|"type":"noted"|"delivery"/);
  for (const [, id] of text.matchAll(/"requester":\{"id":"([^"]+)"/g)) expect(id, sent).toBe(user.sub);
}

/** What no sequence of requests may break. */
async function expectConsistent({ deps }: TestApp): Promise<void> {
  const none = async (query: string) => {
    const { rows } = await sql.raw(query).execute(deps.db);
    expect(rows, query).toEqual([]);
  };
  const grouped = 'SELECT status, priority, category, count(*) AS n FROM tickets GROUP BY 1, 2, 3';
  await none(`${grouped} EXCEPT SELECT status, priority, category, n FROM ticket_counts`);
  await none(`SELECT status, priority, category, n FROM ticket_counts WHERE n <> 0 EXCEPT ${grouped}`);
  await none(`SELECT id FROM tickets t WHERE message_count <> (SELECT count(*) FROM messages WHERE ticket_id = t.id AND internal = 0)
    OR note_count <> (SELECT count(*) FROM messages WHERE ticket_id = t.id AND internal = 1)
    OR last_message_id <> (SELECT max(id) FROM messages WHERE ticket_id = t.id)
    OR last_public_message_id <> (SELECT max(id) FROM messages WHERE ticket_id = t.id AND internal = 0)`);
  await none(
    'SELECT id FROM attachments a WHERE message_id IS NOT NULL AND ticket_id <> (SELECT ticket_id FROM messages WHERE id = a.message_id)',
  );
  await none(
    `SELECT id FROM tickets WHERE status <> (SELECT to_value FROM history WHERE ticket_id = tickets.id AND type = 'status' ORDER BY seq DESC LIMIT 1)`,
  );
  expect(await findDamage(deps.db)).toEqual([]);
}

it(
  'keeps every promise of its OpenAPI document, and its own order, whatever is asked of it',
  { timeout: IS_LONG ? 60 * 60_000 : 120_000 },
  async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(steps(), { minLength: 20, maxLength: 60 }), async (sequence) => {
        const test = await createTestApp();
        try {
          // Agents are known once they have been here.
          for (const user of USERS) await test.as(user).get('/api/session');
          const known = new Known();
          for (const step of sequence) {
            test.clock.advance(step.advanceMs);
            const { response, text, sent } = await perform(test, step, known);
            expectPromised(step.operation, response, text, sent);
            expectOwn(step.user, text, sent);
            known.learn(response, text);
            if (response.ok) seen.add(step.operation.operationId);
          }
          await expectConsistent(test);
          expect(test.logs.filter(({ level }) => level === 'error')).toEqual([]);
        } finally {
          await test.close();
        }
      }),
      { numRuns: IS_LONG ? 2000 : 40, endOnFailure: true, ...(!IS_LONG && { seed: 1001 }) },
    );
    // A fuzz that is always refused tests nothing.
    const required = operations.filter(
      ({ path }) => path.startsWith('/api/tickets') || path.startsWith('/api/settings'),
    );
    const done = required.filter(({ operationId }) => seen.has(operationId));
    expect(done.length).toBeGreaterThan(required.length * 0.75);
  },
);
