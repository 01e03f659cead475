import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { QuarantinePage } from '../../contract/mail.ts';
import type { Message, Ticket } from '../../contract/tickets.ts';
import { sweep } from '../../jobs/sweep.ts';
import { createResendTransport } from '../resend.ts';
import { EventReader } from '../../testing/event-reader.ts';
import { insertUser } from '../../testing/rows.ts';
import { postEvent, signEvent, WEBHOOK_SECRET } from '../../testing/resend-events.ts';
import { startResendServer, type ResendServer } from '../../testing/resend-server.ts';
import { createTestApp, type TestApp } from '../../testing/test-app.ts';
import { expectStatus, fileTicket } from '../../testing/tickets.ts';
import { ADMIN, AGENT, CLIENT, OTHER_CLIENT } from '../../testing/users.ts';
import { createInbox } from './inbox.ts';
import type { Worker } from '../worker.ts';

const DAY = 24 * 60 * 60_000;

let server: ResendServer;
let test: TestApp;
let inbox: Worker;
let number: string;
let told = 0;
beforeEach(async () => {
  server = await startResendServer();
  test = await createTestApp({
    mail: createResendTransport({ apiKey: 're_test', baseUrl: server.url }),
    config: { mail: { webhookSecret: WEBHOOK_SECRET, replyDomain: 'replies.example.com' } },
  });
  inbox = createInbox(test.deps);
  for (const user of [AGENT, OTHER_CLIENT]) await insertUser(test.deps, user);
  ({ number } = await fileTicket(test.as(CLIENT)));
});
afterEach(async () => {
  await inbox.stop();
  await test.close();
  await server.close();
});

/** A mail whose sender nothing proves. */
async function receive(from: string, text = 'Words.', subject = `Re: [${number}] Printer`): Promise<void> {
  const file = 'Content-Disposition: attachment; filename="log.txt"\nContent-Type: text/plain\n\nlines';
  const id = await server.inbound.receive(
    `Message-ID: <q${(told += 1)}@x.example>\nFrom: ${from}\nTo: support@example.com\nSubject: ${subject}\n` +
      `MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n${text}\n--b\n${file}\n--b--\n`,
  );
  const event = { type: 'email.received', data: { email_id: id } };
  await postEvent(test.app, signEvent(event, { id: `msg_q${told}`, now: test.clock.now() }));
  await inbox.drain();
}
const list = async (query = '') =>
  await expectStatus<QuarantinePage>(await test.as(AGENT).get(`/api/quarantine${query}`), 200);
const release = async (id: string, body: object) =>
  await test.as(AGENT).post(`/api/quarantine/${id}/release`, body);
const messages = async (of = number) =>
  (await expectStatus<{ messages: Message[] }>(await test.as(AGENT).get(`/api/tickets/${of}/messages`), 200))
    .messages;

describe('the quarantine', () => {
  it('shows agents what came from whom, and why it waits', async () => {
    await receive(`Clara <${CLIENT.email}>`, 'Is it you?');
    expect(await list()).toMatchObject({
      mails: [
        {
          from: { name: 'Clara', email: CLIENT.email },
          subject: `Re: [${number}] Printer`,
          text: 'Is it you?',
          files: ['log.txt'],
          reason: 'unverified',
          verdict: 'none',
          ticket: number,
        },
      ],
      nextCursor: null,
      total: 1,
    });
  });

  it('is not for clients', async () => {
    await receive(`Clara <${CLIENT.email}>`);
    const { id } = (await list()).mails[0]!;
    const client = test.as(CLIENT);
    expect((await client.get('/api/quarantine')).status).toBe(403);
    expect((await client.post(`/api/quarantine/${id}/release`, { as: 'ticket' })).status).toBe(403);
    expect((await client.delete(`/api/quarantine/${id}`)).status).toBe(403);
    expect((await list()).mails).toHaveLength(1);
  });

  it('tells the streams of agents, and of nobody else, that it has changed', async () => {
    const listen = async (user: typeof AGENT) =>
      new EventReader(await test.as(user).get('/api/events?include=mails'));
    const [agent, client] = [await listen(AGENT), await listen(CLIENT)];
    const heard = async (times: number) =>
      await expect.poll(() => agent.dataOf('quarantine')).toEqual(Array(times).fill({}));
    await receive(`Clara <${CLIENT.email}>`, 'One');
    await heard(1);
    await receive(`Clara <${CLIENT.email}>`, 'Two');
    await heard(2);
    const [two, one] = (await list()).mails;
    await expectStatus(await test.as(AGENT).delete(`/api/quarantine/${two!.id}`), 204);
    await heard(3);
    await expectStatus(await release(one!.id, { as: 'reply' }), 200);
    await heard(4);
    await expect.poll(() => client.dataOf('ticket')).toHaveLength(1);
    expect(client.text).not.toContain('quarantine');
    for (const reader of [agent, client]) await reader.close();
  });

  it('is read page by page, newest first', async () => {
    for (const text of ['One', 'Two', 'Three']) await receive('n@elsewhere.example', text);
    const first = await list('?limit=2');
    expect(first.mails.map(({ text }) => text)).toEqual(['Three', 'Two']);
    expect(first.total).toBe(3);
    const second = await list(`?limit=2&cursor=${first.nextCursor}`);
    expect(second.mails.map(({ text }) => text)).toEqual(['One']);
    expect(second.nextCursor).toBeNull();
  });

  it('lets a reply of the requester through, with its files, once', async () => {
    await receive(`Clara <${CLIENT.email}>`, 'It is me.');
    const { id } = (await list()).mails[0]!;
    const answers = await Promise.all([release(id, { as: 'reply' }), release(id, { as: 'reply' })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
    expect((await messages()).slice(1)).toMatchObject([
      { body: 'It is me.', author: { id: CLIENT.sub }, attachments: [{ name: 'log.txt' }] },
    ]);
    expect((await list()).mails).toEqual([]);
  });

  it('lets nobody else into the ticket: what they wrote becomes a note', async () => {
    await receive(`Otto <${OTHER_CLIENT.email}>`, 'I saw it too.');
    const { id } = (await list()).mails[0]!;
    expect((await release(id, { as: 'reply' })).status).toBe(422);
    expect(
      await expectStatus(await release(id, { as: 'note', number: number.replace('SUP-', '#') }), 200),
    ).toEqual({
      number,
    });
    const note = (await messages()).at(-1)!;
    expect(note).toMatchObject({ internal: true, author: { id: AGENT.sub } });
    expect(note.body).toContain('I saw it too.');
    expect(note.body).toContain(OTHER_CLIENT.email);
    expect((await test.as(OTHER_CLIENT).get(`/api/tickets/${number}`)).status).toBe(404);
  });

  it('makes a ticket of a stranger’s mail, and knows them from then on', async () => {
    await receive('Nina New <nina@elsewhere.example>', 'Hello?', 'A question');
    const { id } = (await list()).mails[0]!;
    const { number: opened } = await expectStatus<{ number: string }>(
      await release(id, { as: 'ticket' }),
      200,
    );
    const ticket = await expectStatus<Ticket>(await test.as(AGENT).get(`/api/tickets/${opened}`), 200);
    expect(ticket).toMatchObject({ subject: 'A question', requester: { email: 'nina@elsewhere.example' } });
  });

  it('needs a ticket to add a mail to', async () => {
    await receive('Nina <nina@elsewhere.example>', 'Hello?', 'A question');
    const { id } = (await list()).mails[0]!;
    expect((await release(id, { as: 'note' })).status).toBe(422);
    expect((await release(id, { as: 'note', number: 'SUP-9999' })).status).toBe(422);
    expect((await release(id, { as: 'nothing' })).status).toBe(422);
    expect((await release(id, { as: 'note', number })).status).toBe(200);
  });

  it('keeps a mail that cannot be fetched again', async () => {
    await receive(`Clara <${CLIENT.email}>`);
    const { id } = (await list()).mails[0]!;
    server.inbound.script({ status: 503, body: {} });
    expect((await release(id, { as: 'reply' })).status).toBe(500);
    expect((await list()).mails).toMatchObject([{ id, reason: 'unverified' }]);
    expect((await release(id, { as: 'reply' })).status).toBe(200);
  });

  it('forgets the text of what an agent drops', async () => {
    await receive('Spammer <s@elsewhere.example>', 'Buy this.');
    const { id } = (await list()).mails[0]!;
    expect((await test.as(AGENT).delete(`/api/quarantine/${id}`)).status).toBe(204);
    expect((await test.as(AGENT).delete(`/api/quarantine/${id}`)).status).toBe(404);
    const rows = await test.deps.db.selectFrom('inbound_mails').selectAll().execute();
    expect(rows).toMatchObject([{ state: 'dropped', original: null, subject: null, from_name: null }]);
  });

  it('is emptied of what nobody looked at for a month', async () => {
    await receive('s@elsewhere.example');
    test.clock.advance(30 * DAY - 1);
    await sweep(test.deps);
    expect((await list()).mails).toHaveLength(1);
    test.clock.advance(1);
    expect(await sweep(test.deps)).toMatchObject({ mails: 1, webhookEvents: 1 });
    expect((await list()).mails).toEqual([]);
  });

  it('goes with the ticket when that is deleted', async () => {
    await receive(`Clara <${CLIENT.email}>`, 'About the ticket.');
    expect((await test.as(ADMIN).delete(`/api/tickets/${number}`)).status).toBe(204);
    expect(await test.deps.db.selectFrom('inbound_mails').selectAll().execute()).toEqual([]);
  });
});
