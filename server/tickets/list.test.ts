import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TicketPage } from '../contract/session.ts';
import type { Counts } from '../contract/tickets.ts';
import { CATEGORIES, PRIORITIES, SORTS, STATUSES } from '../contract/vocabulary.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { expectStatus, fileTicket, patchTicket, reply } from '../testing/tickets.ts';
import { AGENT, CLIENT, OTHER_AGENT, OTHER_CLIENT } from '../testing/users.ts';

let t: TestApp;

/** Twenty tickets of a client, each a minute apart, and four of another. */
beforeAll(async () => {
  t = await createTestApp();
  await t.as(OTHER_AGENT).get('/api/session');
  for (let n = 0; n < 20; n++) {
    t.clock.advance(60_000);
    const { number } = await fileTicket(t.as(CLIENT), {
      subject: `${n % 2 ? 'Invoice' : 'Printer'} problem ${n}`,
      priority: PRIORITIES[n % 4],
      category: CATEGORIES[Math.floor(n / 4) % 4],
    });
    const status = STATUSES[n % 5];
    await patchTicket(t.as(AGENT), number, { status, assigneeId: n % 3 ? AGENT.sub : null });
  }
  for (let n = 0; n < 4; n++) await fileTicket(t.as(OTHER_CLIENT), { subject: `Private printer ${n}` });
  t.clock.advance(60_000);
  await reply(t.as(CLIENT), 'SUP-1003');
});
afterAll(() => t.close());

const page = async (query: string, user = AGENT) =>
  expectStatus<TicketPage>(await t.as(user).get(`/api/tickets?${query}`), 200);
const numbers = async (query: string, user = AGENT) =>
  (await page(query, user)).tickets.map(({ number }) => Number(number.slice(4)));
const counts = async (query: string, user = AGENT) =>
  (await expectStatus<{ counts: Counts }>(await t.as(user).get(`/api/tickets/counts?${query}`), 200)).counts;

async function everyPage(query: string, user = AGENT): Promise<number[]> {
  const found: number[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const { tickets, nextCursor }: TicketPage = await page(`${query}${cursor && `&cursor=${cursor}`}`, user);
    found.push(...tickets.map(({ number }) => Number(number.slice(4))));
    cursor = nextCursor;
  }
  return found;
}

describe('who sees what', () => {
  test('a client sees their own, an agent all', async () => {
    expect(await numbers('limit=100', OTHER_CLIENT)).toEqual([1024, 1023, 1022, 1021]);
    expect(await numbers('limit=100')).toHaveLength(24);
    expect(await numbers('q=printer&limit=100', OTHER_CLIENT)).toHaveLength(4);
    expect(await numbers('q=SUP-1001', OTHER_CLIENT)).toEqual([]);
  });

  test('no filter leads a client to somebody else’s', async () => {
    expect(await numbers(`assignee=${AGENT.sub}`, OTHER_CLIENT)).toEqual([]);
    expect(await numbers('assignee=me', OTHER_CLIENT)).toEqual([]);
    expect(await counts('', OTHER_CLIENT)).toEqual({
      open: 4,
      in_progress: 0,
      waiting_user: 0,
      resolved: 0,
      closed: 0,
    });
  });
});

describe('pages', () => {
  test.each(SORTS)('sort=%s: what all pages hold together is the whole, once', async (sort) => {
    for (const [query, user] of [
      ['', AGENT],
      ['&status=open&status=closed', AGENT],
      ['&assignee=me', AGENT],
      ['&q=printer', AGENT],
      ['', CLIENT],
      ['&priority=low&priority=high', CLIENT],
    ] as const) {
      const whole = await numbers(`sort=${sort}&limit=100${query}`, user);
      expect(whole.length).toBeGreaterThan(3);
      expect(await everyPage(`sort=${sort}&limit=3${query}`, user)).toEqual(whole);
    }
  });

  test('are 25 long where nothing is said, and end with null', async () => {
    const { tickets, nextCursor } = await page('');
    expect([tickets.length, nextCursor]).toEqual([24, null]);
    expect((await page('limit=24')).nextCursor).toBeNull();
    expect((await page('limit=23')).nextCursor).toEqual(expect.any(String));
  });

  test('go on where they were when tickets come in between', async () => {
    const first = await page('limit=2', OTHER_CLIENT);
    const { number } = await fileTicket(t.as(OTHER_CLIENT));
    const next = await page(`limit=2&cursor=${first.nextCursor}`, OTHER_CLIENT);
    expect(next.tickets.map((ticket) => ticket.number)).toEqual(['SUP-1022', 'SUP-1021']);
    await t.deps.db
      .deleteFrom('tickets')
      .where('id', '=', Number(number.slice(4)))
      .execute();
  });

  test.each([
    'limit=0',
    'limit=101',
    'limit=2.5',
    'limit=',
    'limit=1e1',
    'limit=%2B5',
    'limit=0x10',
    'limit=1&limit=2',
    'sort=best',
    'status=done',
    'status=',
    'colour=red',
    'cursor=x',
    'cursor=eyJhIjoxfQ',
    `cursor=${Buffer.from('["newest",-1,0,"low"]').toString('base64url')}`,
    `cursor=${Buffer.from('["oldest",5,0,"low"]').toString('base64url')}`,
    'sort=newest&sort=oldest',
    'assignee=',
    `q=${'x'.repeat(201)}`,
    'include=everything',
  ])('?%s is an invalid request', async (query) => {
    const response = await t.as(AGENT).get(`/api/tickets?${query}`);
    expect(await expectStatus(response, 400)).toMatchObject({ code: 'invalid_request' });
  });
});

describe('sorting', () => {
  test('newest and oldest go by number', async () => {
    const whole = await numbers('limit=100');
    expect(whole).toEqual([...whole].sort((a, b) => b - a));
    expect(await numbers('limit=100&sort=oldest')).toEqual([...whole].reverse());
  });

  test('updated puts what was answered last first', async () => {
    expect((await numbers('sort=updated'))[0]).toBe(1003);
    expect((await numbers('sort=updated', CLIENT))[0]).toBe(1003);
  });

  test('priority puts the most pressing first, and the newest of those', async () => {
    for (const user of [AGENT, CLIENT]) {
      const { tickets } = await page('sort=priority&limit=100', user);
      const keys = tickets.map(({ priority, number }) => [
        PRIORITIES.indexOf(priority),
        Number(number.slice(4)),
      ]);
      expect(keys).toEqual([...keys].sort((a, b) => b[0]! - a[0]! || b[1]! - a[1]!));
    }
  });
});

describe('filters', () => {
  test('combine', async () => {
    const { tickets } = await page('status=open&status=closed&priority=low&category=billing&limit=100');
    expect(tickets.length).toBeGreaterThan(0);
    for (const ticket of tickets) {
      expect(['open', 'closed']).toContain(ticket.status);
      expect([ticket.priority, ticket.category]).toEqual(['low', 'billing']);
    }
  });

  test('by assignee: me, nobody, an agent, somebody unknown', async () => {
    const mine = await numbers('assignee=me&limit=100');
    expect(mine).toEqual(await numbers(`assignee=${AGENT.sub}&limit=100`));
    expect(mine).toHaveLength(13);
    expect(await numbers('assignee=none&limit=100')).toHaveLength(11);
    expect(await numbers(`assignee=${OTHER_AGENT.sub}`)).toEqual([]);
    expect(await numbers('assignee=who')).toEqual([]);
  });

  test('by subject and by number', async () => {
    expect(await numbers('q=INVOICE%20problem%201', CLIENT)).toEqual([1020, 1018, 1016, 1014, 1012, 1002]);
    for (const typed of ['SUP-1012', 'sup-1012', '1012', '%231012', ' sup-1012 ']) {
      expect(await numbers(`q=${typed}`)).toEqual([1012]);
    }
    expect(await numbers('q=sup-102')).toEqual([1024, 1023, 1022, 1021, 1020]);
    expect(await numbers('q=%25')).toEqual([]);
    expect(await numbers('q=%20')).toHaveLength(24);
  });
});

describe('counts', () => {
  test('follow every filter but status, and the search', async () => {
    const sum = (all: Counts) => Object.values(all).reduce((a, b) => a + b, 0);
    for (const query of [
      '',
      'priority=low',
      'q=printer',
      'assignee=none',
      'assignee=me&q=invoice&category=billing',
    ]) {
      for (const user of [AGENT, CLIENT]) {
        const { tickets } = await page(`${query}&limit=100`, user);
        const counted = await counts(query, user);
        expect(sum(counted)).toBe(tickets.length);
        for (const status of STATUSES) {
          expect(counted[status]).toBe(tickets.filter((ticket) => ticket.status === status).length);
        }
        const { counts: included } = await page(`${query}&status=open&include=counts&limit=1`, user);
        expect(included).toEqual(counted);
      }
    }
  });

  test('take no status', async () => {
    await expectStatus(await t.as(AGENT).get('/api/tickets/counts?status=open'), 400);
  });
});

test('one request brings what the first view needs', async () => {
  const first = await page('include=session&include=counts&include=unread', CLIENT);
  expect(first.session?.actor.id).toBe(CLIENT.sub);
  expect(first.counts?.open).toEqual(expect.any(Number));
  expect(first.unreadCount).toBe(0);
  expect(Object.keys(await page('')).sort()).toEqual(['nextCursor', 'tickets']);
});
