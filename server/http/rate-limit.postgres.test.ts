import { afterEach, beforeEach, expect, it } from 'vitest';
import { createApp, type App } from '../app.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { createTestClient } from '../testing/test-client.ts';
import { CLIENT } from '../testing/users.ts';

let test: TestApp;
/** What a second process on the same database would be. */
let other: App;
beforeEach(async () => {
  test = await createTestApp({ config: { rateLimit: true } });
  other = createApp(test.deps);
});
afterEach(() => test.close());

it('counts what a user may do over all processes together', async () => {
  const ticket = { subject: 'Printer', category: 'technical', priority: 'normal', description: 'It smokes.' };
  const elsewhere = createTestClient(
    (path, init) => other.request(path, init),
    async () => `Bearer ${await test.token(CLIENT)}`,
  );
  const statuses: number[] = [];
  for (let n = 0; n < 6; n += 1) {
    for (const client of [test.as(CLIENT), elsewhere]) {
      statuses.push((await client.post('/api/tickets', ticket)).status);
    }
  }
  expect(statuses).toEqual([...Array<number>(10).fill(201), 429, 429]);
});

it('goes on counting by itself where the database cannot', async () => {
  await test.deps.db.schema.alterTable('rate_limits').renameTo('rate_limits_away').execute();
  const client = test.as(CLIENT);
  const statuses: number[] = [];
  for (let n = 0; n < 61; n += 1) statuses.push((await client.post('/api/tickets', {})).status);
  expect(statuses).toEqual([...Array<number>(60).fill(422), 429]);
});
