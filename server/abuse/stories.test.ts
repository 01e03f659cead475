import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { fileTicket } from '../testing/tickets.ts';
import { ADMIN, AGENT, CLIENT, OTHER_AGENT } from '../testing/users.ts';
import { IS_LONG, runs } from './long.ts';
import { act, compare, Model, stories, type Action } from './story.ts';

const SETTINGS = {
  assignment: { mode: 'none' as const, assignToFirstReplier: true },
  autoClose: { resolvedAfterDays: 7, waitingUserAfterDays: 5, reminderDaysBefore: 2 },
};
const options = { timeout: IS_LONG ? 60 * 60_000 : 60_000 };
const assertion = { numRuns: runs(40), endOnFailure: true, ...(!IS_LONG && { seed: 1001 }) };

async function withTicket<T>(work: (test: TestApp, number: string) => Promise<T>): Promise<T> {
  const test = await createTestApp({ settings: SETTINGS });
  try {
    for (const user of [AGENT, OTHER_AGENT, ADMIN]) await test.as(user).get('/api/session');
    const { number } = await fileTicket(test.as(CLIENT));
    return await work(test, number);
  } finally {
    await test.close();
  }
}

it('whatever happens to a ticket, it is what the rules say', options, async () => {
  await fc.assert(
    fc.asyncProperty(stories, (story) =>
      withTicket(async (test, number) => {
        const model = new Model(test.clock.now());
        let version = 1;
        for (const [index, action] of story.entries()) {
          const expected = model.apply(action, test.clock.now());
          const what = JSON.stringify(story.slice(0, index + 1));
          expect(await act(test, number, action), what).toBe(expected);
          const [told, known] = await compare(test, number, model);
          expect(told, what).toEqual(known);
          const now = (await (await test.as(CLIENT).get(`/api/tickets/${number}`)).json()) as {
            version: number;
          };
          expect(now.version).toBeGreaterThanOrEqual(version);
          version = now.version;
        }
      }),
    ),
    assertion,
  );
});

/** Everything the requester can read, with random ids out of the way, and every mail they got. */
async function clientView(test: TestApp, number: string): Promise<string[]> {
  const client = test.as(CLIENT);
  const view: string[] = [];
  for (const path of [
    '',
    '?include=counts&include=unread',
    `/${number}`,
    `/${number}/history`,
    `/${number}/messages`,
  ]) {
    view.push(await (await client.get(`/api/tickets${path}`)).text());
  }
  const mails = (await test.mails()).filter(({ recipient }) => recipient === CLIENT.email);
  view.push(...mails.map(({ payload, created_at }) => `${created_at} ${JSON.stringify(payload)}`));
  return view.map((text) => text.replace(/"id":"[\w-]{22}"/g, '"id":"…"'));
}

it(
  'a client’s view is a function of public things only: without the notes it is the same',
  options,
  async () => {
    await fc.assert(
      fc.asyncProperty(stories, async (story) => {
        const tell = (actions: Action[]) =>
          withTicket(async (test, number) => {
            for (const action of actions) await act(test, number, action);
            return clientView(test, number);
          });
        const noted = await tell(story);
        const silent = await tell(story.filter(({ kind }) => kind !== 'note'));
        expect(noted).toEqual(silent);
      }),
      assertion,
    );
  },
);
