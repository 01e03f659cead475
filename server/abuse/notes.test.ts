import { hash } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { PNG } from '../testing/png.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { expectStatus, fileTicket, patchTicket, reply } from '../testing/tickets.ts';
import { ADMIN, AGENT, CLIENT, OTHER_AGENT } from '../testing/users.ts';
import { fill, pathsOf, readAnswer, routesBehindToken } from './route-table.ts';

/**
 * Promise 3, as a comparison: the same story is told twice, once with notes in it at every turn and once without.
 * Whatever a client can get hold of afterwards must be the same to the letter; only random ids may differ.
 */
const open: TestApp[] = [];
afterEach(() => Promise.all(open.splice(0).map((test) => test.close())));

const NOTE = 'zxq7secret';
/** What pages, adds, sorts and searches. */
const QUERIES = [
  '',
  '?include=counts&include=unread&include=session',
  '?sort=updated',
  '?limit=1',
  `?q=${NOTE}`,
  `?assignee=${OTHER_AGENT.sub}`,
];

function tagOf(text: string): string {
  return `etag: W/"${hash('sha1', text, 'base64url')}"`;
}

async function tell(withNotes: boolean): Promise<{ test: TestApp; views: string[]; headers: string[] }> {
  const test = await createTestApp({
    settings: {
      assignment: { mode: 'none', assignToFirstReplier: true },
      autoClose: { resolvedAfterDays: 7, waitingUserAfterDays: 5, reminderDaysBefore: 2 },
      notificationEmail: 'team@support.example',
    },
  });
  open.push(test);
  const views: string[] = [];
  const headers: string[] = [];
  const heard: string[] = [];
  const agent = test.as(AGENT);
  const { number } = await fileTicket(test.as(CLIENT));
  await fileTicket(test.as(CLIENT), { subject: 'Another one' });
  const stream = await test.as(CLIENT).get('/api/events?include=reads&include=presence');
  const listening = (async () => {
    const decoder = new TextDecoder();
    for await (const bytes of stream.body ?? []) heard.push(decoder.decode(bytes));
  })().catch(() => undefined);

  /** Everything a client can ask for: every route, with every query that pages or adds. */
  const look = async (marks: boolean) => {
    for (const path of pathsOf(routesBehindToken(test.app))) {
      // Reading a conversation marks it as read: looked at on both sides of it.
      if (path.endsWith('/messages') && !marks) continue;
      const target = fill(path, (name) => (name === 'number' ? number : 'x'));
      for (const [index, query] of QUERIES.entries()) {
        const { status, headers: sent, text } = await readAnswer(await test.as(CLIENT).get(target + query));
        const told = sent
          .filter((header) => !header.startsWith('content-length'))
          // The ids in some answers differ by chance, and with them the tag; it says nothing that they do not.
          .map((header) => (header === tagOf(text) ? 'etag: of these very bytes' : header));
        headers.push(`${target}${query} ${told.join('\n')}`);
        views.push(`${status} ${target} ${index} ${text}`);
      }
    }
    const stale = await readAnswer(
      await test.as(CLIENT).post(`/api/tickets/${number}/reopen`, { message: '' }),
    );
    views.push(stale.text);
  };
  const note = async (body: string) => {
    // Both stories take the same time, and both upload: what is compared is what a note itself would show.
    test.clock.advance(1000);
    const name = 'zxq7.png';
    const { id } = await expectStatus<{ id: string }>(
      await agent.upload('/api/attachments', { name, content: PNG }),
      201,
    );
    if (withNotes) {
      await reply(agent, number, { body: `${NOTE} ${body}`, internal: true, attachmentIds: [id] });
      await reply(test.as(OTHER_AGENT), number, { body: `${NOTE} ${body} too`, internal: true });
      const file = await test.as(CLIENT).get(`/api/attachments/${id}`);
      expect(file.status).toBe(404);
    }
    test.clock.advance(1000);
    await look(false);
  };

  await note('before anybody answered');
  await look(true);
  await note('after the client has read');
  await reply(agent, number, { body: 'A reply.' });
  await note('while the ticket waits');
  await reply(test.as(CLIENT), number, { body: 'An answer.' });
  await note('in progress');
  await patchTicket(agent, number, { priority: 'urgent', status: 'resolved' });
  await note('on a resolved ticket');
  await expectStatus(await agent.post(`/api/tickets/${number}/close`), 200);
  await note('on a closed ticket');
  await expectStatus(
    await test.as(CLIENT).post(`/api/tickets/${number}/reopen`, { message: 'Not settled.' }),
    200,
  );
  await note('on a reopened ticket');
  await look(true);
  test.deps.live.end();
  await listening;
  expect(heard.join('')).toContain('event: ticket');
  // Heartbeats come by the clock on the wall.
  views.push(heard.join('').replace(/^:\n\n/gm, ''));
  const mails = (await test.mails()).filter(({ recipient }) => recipient === CLIENT.email);
  views.push(...mails.map(({ payload, kind }) => `${kind} ${JSON.stringify(payload)}`));
  const told = await test.as(ADMIN).get(`/api/tickets/${number}/messages`);
  expect((await told.text()).includes(NOTE)).toBe(withNotes);
  return { test, views, headers };
}

/** Ids of messages and files, and cursors made of them, are random: by the order in which they appear. */
function withoutRandom(lines: string[]): string[] {
  const names = new Map<string, string>();
  const name = (id: string) => names.get(id) ?? (names.set(id, `#${names.size}`), names.get(id)!);
  return lines.map((line) =>
    line
      .replace(/("nextCursor":")([\w-]+)/g, (_all, key: string, cursor: string) => {
        const text = Buffer.from(cursor, 'base64url').toString();
        return (
          key + text.replace(/^(\["messages",")([\w-]+)/, (_a, start: string, id: string) => start + name(id))
        );
      })
      .replace(/("id":")([\w-]{22,24})(?=")/g, (_all, key: string, id: string) => key + name(id)),
  );
}

function differences(some: string[], others: string[]): Array<[string | undefined, string | undefined]> {
  const length = Math.max(some.length, others.length);
  const pairs = Array.from(
    { length },
    (_value, at) => [some[at], others[at]] as [string | undefined, string | undefined],
  );
  return pairs.filter(([one, other]) => one !== other).slice(0, 3);
}

it('a story with notes is, for its client, the same story without them', async () => {
  const silent = await tell(false);
  const noted = await tell(true);
  expect(noted.views.join('\n')).not.toContain(NOTE);
  expect(differences(withoutRandom(noted.views), withoutRandom(silent.views))).toEqual([]);
  expect(differences(noted.headers, silent.headers)).toEqual([]);
  expect(noted.views.length).toBeGreaterThan(100);
});

it('no mail to anybody but agents holds a word of a note', async () => {
  const { test } = await tell(true);
  const agents = new Set([AGENT.email, OTHER_AGENT.email, ADMIN.email, 'team@support.example']);
  for (const mail of await test.mails()) {
    if (!agents.has(mail.recipient)) expect(JSON.stringify(mail.payload)).not.toContain(NOTE);
  }
  expect(JSON.stringify(test.logs)).not.toContain(NOTE);
});
