import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '../contract/tickets.ts';
import { runAutoClose } from '../tickets/auto-close.ts';
import { insertUser } from '../testing/rows.ts';
import { postEvent, signEvent, WEBHOOK_SECRET } from '../testing/resend-events.ts';
import { startResendServer, type ResendServer } from '../testing/resend-server.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { expectStatus, fileTicket, patchTicket, reply } from '../testing/tickets.ts';
import { ADMIN, AGENT, CLIENT, OTHER_AGENT } from '../testing/users.ts';
import { createDeliverer } from './deliver.ts';
import { createResendTransport } from './resend.ts';
import type { Worker } from './worker.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

let server: ResendServer;
let test: TestApp;
let deliverer: Worker;
beforeEach(() => start());
afterEach(() => stop());

async function start(digestSeconds = 120): Promise<void> {
  server = await startResendServer();
  test = await createTestApp({
    mail: createResendTransport({ apiKey: 're_test', baseUrl: server.url }),
    config: {
      publicUrl: 'https://support.example.com',
      mail: { replyDomain: 'replies.example.com', webhookSecret: WEBHOOK_SECRET, digestSeconds },
    },
  });
  deliverer = createDeliverer(test.deps);
  for (const user of [AGENT, OTHER_AGENT]) await insertUser(test.deps, user);
}
async function stop(): Promise<void> {
  await deliverer.stop();
  await test.close();
  await server.close();
}

/** What was accepted since the last call. */
async function sent(): Promise<Array<Record<string, unknown>>> {
  await deliverer.drain();
  return server.accepted().slice(seen, (seen = server.accepted().length));
}
let seen = 0;
beforeEach(() => (seen = 0));

async function open(): Promise<string> {
  const { number } = await fileTicket(test.as(CLIENT));
  await sent();
  return number;
}
const headersOf = (mail: Record<string, unknown> | undefined) => mail?.['headers'] as Record<string, string>;
const deliveries = async (number: string) =>
  (
    await expectStatus<{ messages: Message[] }>(
      await test.as(ADMIN).get(`/api/tickets/${number}/messages`),
      200,
    )
  ).messages.map(({ delivery }) => delivery);

describe('replies', () => {
  it('within two minutes are one mail, in the order they were written', async () => {
    const number = await open();
    await reply(test.as(AGENT), number, { body: 'The first words.' });
    test.clock.advance(MINUTE);
    await reply(test.as(OTHER_AGENT), number, { body: 'The second words.' });
    await reply(test.as(AGENT), number, { body: 'A secret.', internal: true });
    test.clock.advance(MINUTE - 1);
    expect(await sent()).toEqual([]);
    expect(await deliveries(number)).toEqual(['sent', 'queued', 'queued', null]);
    test.clock.advance(1);
    const [mail, ...more] = await sent();
    expect(more).toEqual([]);
    for (const part of [mail!['text'], mail!['html']] as string[]) {
      expect(part.indexOf('The first words.')).toBeGreaterThan(0);
      expect(part.indexOf('The second words.')).toBeGreaterThan(part.indexOf('The first words.'));
      expect(part).toContain(AGENT.name);
      expect(part).toContain(OTHER_AGENT.name);
      expect(part).not.toContain('A secret.');
    }
    expect(await deliveries(number)).toEqual(['sent', 'sent', 'sent', null]);
  });

  it('of different tickets are different mails', async () => {
    const numbers = [await open(), await open()];
    for (const number of numbers) await reply(test.as(AGENT), number);
    test.clock.advance(2 * MINUTE);
    const subjects = (await sent()).map((mail) => mail['subject'] as string);
    expect(subjects.sort()).toEqual(numbers.map((number) => `[${number}] Printer on fire`).sort());
  });

  it('that were read in the dashboard are not mailed', async () => {
    const number = await open();
    await reply(test.as(AGENT), number, { body: 'Read at once.' });
    await test.as(CLIENT).get(`/api/tickets/${number}/messages`);
    await reply(test.as(AGENT), number, { body: 'Not read.' });
    test.clock.advance(2 * MINUTE);
    const mails = await sent();
    expect(mails).toHaveLength(1);
    expect(mails[0]!['text']).toContain('Not read.');
    expect(mails[0]!['text']).not.toContain('Read at once.');
    expect(await deliveries(number)).toEqual(['sent', null, 'sent']);
  });

  it('do not come after the news that followed them', async () => {
    const number = await open();
    await reply(test.as(AGENT), number, { body: 'It is done.' });
    await test.as(AGENT).post(`/api/tickets/${number}/close`);
    const mails = await sent();
    expect(mails).toHaveLength(2);
    expect(mails[0]!['text']).toContain('It is done.');
    expect(mails[1]!['text']).toContain('closed');
  });

  it('of clients wait for their assignee as well', async () => {
    const number = await open();
    await patchTicket(test.as(ADMIN), number, { assigneeId: AGENT.sub });
    await sent();
    await reply(test.as(CLIENT), number, { body: 'One.' });
    await reply(test.as(CLIENT), number, { body: 'Two.' });
    test.clock.advance(2 * MINUTE);
    expect(await sent()).toMatchObject([{ to: AGENT.email }]);
  });

  it('go out at once where the operator wants that', async () => {
    await stop();
    await start(0);
    const number = await open();
    await reply(test.as(AGENT), number);
    expect(await sent()).toHaveLength(1);
  });

  it('are put together once: a failed attempt repeats the very same mail', async () => {
    const number = await open();
    await reply(test.as(AGENT), number, { body: 'One.' });
    test.clock.advance(2 * MINUTE);
    server.script('reset');
    await sent();
    await reply(test.as(AGENT), number, { body: 'Two.' });
    test.clock.advance(10 * SECOND);
    expect((await sent()).map((mail) => (mail['text'] as string).includes('Two.'))).toEqual([false]);
    test.clock.advance(2 * MINUTE);
    expect((await sent()).map((mail) => (mail['text'] as string).includes('Two.'))).toEqual([true]);
  });
});

describe('a conversation', () => {
  it('stays one in the mailbox: each mail refers to those before it', async () => {
    const { number } = await fileTicket(test.as(CLIENT));
    const [first] = await sent();
    const root = headersOf(first)['References'];
    expect(root).toMatch(/^<SUP-\d+\.\d+@example\.com>$/);
    const event = { type: 'email.sent', data: { email_id: 'resend-1', message_id: '<one@resend.example>' } };
    await postEvent(test.app, signEvent(event, { id: 'msg_1', now: test.clock.now() }));
    await reply(test.as(AGENT), number);
    test.clock.advance(2 * MINUTE);
    const [second] = await sent();
    expect(second!['subject']).toBe(first!['subject']);
    expect(headersOf(second)).toMatchObject({
      References: `${root} <one@resend.example>`,
      'In-Reply-To': '<one@resend.example>',
      'Auto-Submitted': 'auto-generated',
    });
  });

  it('takes answers at an address of its own for each person', async () => {
    const number = await open();
    await patchTicket(test.as(ADMIN), number, { assigneeId: AGENT.sub });
    const toAgent = (await sent())[0]!['reply_to'];
    await reply(test.as(AGENT), number);
    test.clock.advance(2 * MINUTE);
    const toClient = (await sent())[0]!['reply_to'];
    expect(toClient).toMatch(/^reply\+\d+\.\d+\.[0-9a-v]{26}@replies\.example\.com$/);
    expect(toAgent).not.toBe(toClient);
  });
});

describe('one address', () => {
  it('gets thirty mails an hour, and the others later', async () => {
    const numbers: string[] = [];
    for (let n = 0; n < 32; n += 1) numbers.push((await fileTicket(test.as(CLIENT))).number);
    expect(await sent()).toHaveLength(30);
    test.clock.advance(59 * MINUTE);
    expect(await sent()).toHaveLength(0);
    test.clock.advance(MINUTE);
    expect(await sent()).toHaveLength(2);
    expect(test.logs.filter((line) => line['event'] === 'mail.postponed').length).toBeGreaterThan(0);
  });
});

describe('one-click unsubscribing', () => {
  it('is offered where a mail is no answer to anything, and holds', async () => {
    const settings = await test.as(ADMIN).get('/api/settings');
    await test
      .as(ADMIN)
      .put(
        '/api/settings',
        { autoClose: { resolvedAfterDays: 7, waitingUserAfterDays: 7, reminderDaysBefore: 2 } },
        { 'if-match': settings.headers.get('etag')! },
      );
    const remind = async () => {
      const number = await open();
      await reply(test.as(AGENT), number);
      test.clock.advance(2 * MINUTE);
      expect(headersOf((await sent())[0])).not.toHaveProperty('List-Unsubscribe');
      test.clock.advance(6 * 24 * 60 * MINUTE);
      await runAutoClose(test.deps);
      return (await sent()).filter((mail) => 'List-Unsubscribe' in headersOf(mail));
    };
    const [reminder] = await remind();
    const headers = headersOf(reminder);
    expect(headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    const url = /^<https:\/\/support\.example\.com(\/unsubscribe\/[\w.-]+)>$/.exec(
      headers['List-Unsubscribe']!,
    )![1]!;
    expect((await test.app.request(`${url}x`, { method: 'POST' })).status).toBe(404);
    const page = await test.app.request(url);
    expect(await page.text()).toContain('<form method="post">');
    const inGerman = await test.app.request(url, { headers: { 'accept-language': 'de-CH,en;q=0.5' } });
    expect(await inGerman.text()).toContain('Erinnerungen abbestellen?');
    expect(await remind()).toHaveLength(1);
    // As a mailbox does it: without a word of who it is.
    const headersOfForm = { 'content-type': 'application/x-www-form-urlencoded' };
    const press = { method: 'POST', headers: headersOfForm, body: 'List-Unsubscribe=One-Click' };
    expect((await test.app.request(url, press)).status).toBe(200);
    expect(await remind()).toHaveLength(0);
  });
});
