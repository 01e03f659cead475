import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../contract/settings.ts';
import type { Message, Ticket } from '../contract/tickets.ts';
import { insertUser } from '../testing/rows.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { ADMIN, AGENT, CLIENT, OTHER_AGENT } from '../testing/users.ts';

let test: TestApp;
beforeEach(() => start());
afterEach(() => test.close());

async function start(settings: Partial<Settings> = {}): Promise<void> {
  test = await createTestApp({ settings: { notificationEmail: 'desk@support.example', ...settings } });
  for (const user of [AGENT, OTHER_AGENT, ADMIN]) await insertUser(test.deps, user);
}
async function restart(settings: Partial<Settings>): Promise<void> {
  await test.close();
  await start(settings);
}

/** What went out since the last call: kind and recipient. */
let seen = 0;
beforeEach(() => (seen = 0));
async function mails(): Promise<string[]> {
  const all = await test.mails();
  const fresh = all.slice(seen);
  seen = all.length;
  return fresh.map((mail) => `${mail.kind} ${mail.recipient}`);
}
async function file(user = CLIENT): Promise<string> {
  const ticket = {
    subject: 'Blank page',
    category: 'technical',
    priority: 'high',
    description: 'It is white.',
  };
  const response = await test.as(user).post('/api/tickets', ticket);
  expect(response.status).toBe(201);
  return ((await response.json()) as Ticket).number;
}
const reply = async (user: typeof CLIENT, number: string, more: object = {}) => {
  const response = await test.as(user).post(`/api/tickets/${number}/messages`, { body: 'Words.', ...more });
  expect(response.status).toBe(201);
  return (await response.json()) as Message;
};
const patch = async (user: typeof CLIENT, number: string, changes: object) => {
  const response = await test.as(user).patch(`/api/tickets/${number}`, changes, { 'if-match': '*' });
  expect(response.status).toBe(200);
};

describe('the mails of a ticket', () => {
  it('confirm it with its number and tell the desk', async () => {
    const number = await file();
    expect(await mails()).toEqual([`confirmation ${CLIENT.email}`, 'newTicket desk@support.example']);
    const [confirmation] = await test.mails();
    expect(confirmation?.payload.subject).toBe(`[${number}] Blank page`);
    expect(confirmation?.payload.text).toContain('It is white.');
  });

  it('tell each side of the other, and nobody of themself', async () => {
    const number = await file();
    await mails();
    await patch(ADMIN, number, { assigneeId: AGENT.sub });
    expect(await mails()).toEqual([`assigned ${AGENT.email}`]);
    await patch(AGENT, number, { assigneeId: OTHER_AGENT.sub });
    expect(await mails()).toEqual([`assigned ${OTHER_AGENT.email}`]);
    await patch(AGENT, number, { assigneeId: AGENT.sub });
    expect(await mails()).toEqual([]);
    await reply(AGENT, number);
    expect(await mails()).toEqual([`agentReply ${CLIENT.email}`]);
    await reply(CLIENT, number);
    expect(await mails()).toEqual([`clientReply ${AGENT.email}`]);
    await patch(AGENT, number, { status: 'resolved', priority: 'low' });
    expect(await mails()).toEqual([`resolved ${CLIENT.email}`]);
    await test.as(AGENT).post(`/api/tickets/${number}/close`);
    expect(await mails()).toEqual([`closed ${CLIENT.email}`]);
    await test.as(CLIENT).post(`/api/tickets/${number}/reopen`, { message: 'Not yet.' });
    expect(await mails()).toEqual([`clientReply ${AGENT.email}`]);
    await patch(AGENT, number, { priority: 'urgent', category: 'general' });
    expect(await mails()).toEqual([]);
  });

  it('are one when a reply also resolves or closes, and it says so', async () => {
    const number = await file();
    await mails();
    await reply(AGENT, number, { status: 'resolved' });
    expect(await mails()).toEqual([`agentReply ${CLIENT.email}`]);
    expect((await test.mails()).at(-1)?.payload.text).toContain('Resolved');
  });

  it('never come of a note', async () => {
    const number = await file();
    await patch(ADMIN, number, { assigneeId: OTHER_AGENT.sub });
    await mails();
    await reply(AGENT, number, { internal: true, body: 'The secret of the note' });
    expect(await mails()).toEqual([]);
    await reply(AGENT, number);
    await reply(CLIENT, number);
    await patch(AGENT, number, { status: 'closed' });
    expect(JSON.stringify(await test.mails())).not.toContain('secret of the note');
  });

  it('tell the agent who gets a new ticket by the assignment default', async () => {
    await restart({
      notificationEmail: null,
      assignment: { mode: 'agent', agentId: AGENT.sub, assignToFirstReplier: false },
    });
    await file();
    expect(await mails()).toEqual([`confirmation ${CLIENT.email}`, `assigned ${AGENT.email}`]);
  });

  it('can all be switched off', async () => {
    const off = Object.fromEntries(Object.keys(DEFAULT_SETTINGS.notifications).map((kind) => [kind, false]));
    await restart({ notifications: off as Settings['notifications'] });
    const number = await file();
    await patch(ADMIN, number, { assigneeId: AGENT.sub });
    await reply(AGENT, number, { status: 'resolved' });
    await reply(CLIENT, number);
    await test.as(AGENT).post(`/api/tickets/${number}/close`);
    expect(await mails()).toEqual([]);
  });

  it('come once for a request that is repeated with its key', async () => {
    const ticket = { subject: 'Once', category: 'general', priority: 'low', description: 'Only once.' };
    const headers = { 'idempotency-key': 'the-same' };
    await Promise.all([
      test.as(CLIENT).post('/api/tickets', ticket, headers),
      test.as(CLIENT).post('/api/tickets', ticket, headers),
    ]);
    expect(await mails()).toEqual([`confirmation ${CLIENT.email}`, 'newTicket desk@support.example']);
  });

  it('go with the ticket when it is deleted', async () => {
    const number = await file();
    expect((await test.as(ADMIN).delete(`/api/tickets/${number}`)).status).toBe(204);
    expect(await test.mails()).toEqual([]);
  });

  it('show agents where they stand, and clients nothing', async () => {
    const number = await file();
    expect((await reply(AGENT, number)).delivery).toBe('captured');
    const thread = await (await test.as(CLIENT).get(`/api/tickets/${number}/messages`)).text();
    expect(thread).not.toContain('delivery');
  });

  it('are in the language of the one who reads them, by token or by session', async () => {
    const french = { ...OTHER_AGENT, locale: 'fr-CA' };
    await test.as(french).get('/api/session');
    const created = await test.as({ ...CLIENT, locale: 'de' }).post('/api/tickets', {
      subject: 'Leere Seite',
      category: 'technical',
      priority: 'high',
      description: 'Sie ist weiß.',
    });
    const { number } = (await created.json()) as Ticket;
    await patch(ADMIN, number, { assigneeId: OTHER_AGENT.sub });
    const texts = async () => (await test.mails()).map((mail) => mail.payload.text);
    expect(await texts()).toEqual([
      expect.stringContaining(`Wir haben Ihr Ticket ${number} erhalten`),
      expect.stringContaining(`New ticket ${number} from`),
      expect.stringContaining(`${number} vous est assigné`),
    ]);
    // Whose token says nothing is answered in the language that they wrote in.
    const words = { body: 'C’est réglé ?' };
    const headers = { 'accept-language': 'es-MX,es;q=0.9,en;q=0.8' };
    await test.as(CLIENT).post(`/api/tickets/${number}/messages`, words, headers);
    await patch(ADMIN, number, { status: 'resolved' });
    expect((await texts()).at(-1)).toContain(`Su ticket ${number} está resuelto`);
  });
});
