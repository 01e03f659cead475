import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Message, Ticket } from '../../contract/tickets.ts';
import type { Settings } from '../../contract/settings.ts';
import { createDeliverer, type Deliverer } from '../deliver.ts';
import { createResendTransport } from '../resend.ts';
import { insertUser } from '../../testing/rows.ts';
import { postEvent, signEvent, WEBHOOK_SECRET } from '../../testing/resend-events.ts';
import { startResendServer, type ResendServer } from '../../testing/resend-server.ts';
import { PNG } from '../../testing/png.ts';
import { createTestApp, type TestApp } from '../../testing/test-app.ts';
import { expectStatus, fileTicket, patchTicket, readTicket, reply } from '../../testing/tickets.ts';
import { ADMIN, AGENT, CLIENT, OTHER_CLIENT } from '../../testing/users.ts';
import type { ReceiveOptions } from '../../testing/inbound-mails.ts';
import { createInbox, type Inbox } from './inbox.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let server: ResendServer;
let test: TestApp;
let inbox: Inbox;
let deliverer: Deliverer;
let told = 0;
beforeEach(() => start());
afterEach(() => stop());

async function start(settings: Partial<Settings> = {}): Promise<void> {
  server = await startResendServer();
  test = await createTestApp({
    mail: createResendTransport({ apiKey: 're_test', baseUrl: server.url, timeoutMs: 500 }),
    config: { mail: { webhookSecret: WEBHOOK_SECRET, replyDomain: 'replies.example.com' } },
    settings,
  });
  inbox = createInbox(test.deps, () => 1);
  deliverer = createDeliverer(test.deps, () => 1);
  for (const user of [AGENT, ADMIN, CLIENT, OTHER_CLIENT]) await insertUser(test.deps, user);
}
async function stop(): Promise<void> {
  await inbox.stop();
  await deliverer.stop();
  await test.close();
  await server.close();
}

interface Mail {
  from?: string;
  to: string;
  cc?: string;
  subject?: string;
  text?: string;
  headers?: Record<string, string>;
  /** What the provider found; null: nothing. */
  verdict?: string | null;
  /** A whole part in the place of the text. */
  mime?: string;
}
const passed = (domain: string) =>
  `amazonses.com; spf=pass; dkim=pass header.i=@${domain}; dmarc=pass header.from=${domain};`;

function eml(mail: Mail): string {
  const from = mail.from ?? `${CLIENT.name} <${CLIENT.email}>`;
  const domain = /@([\w.-]+)[^@]*$/.exec(from)![1]!;
  const verdict = mail.verdict === undefined ? passed(domain) : mail.verdict;
  const lines = [
    ...(verdict === null ? [] : [`Authentication-Results: ${verdict}`]),
    `Message-ID: <${(told += 1)}@mail.example.com>`,
    `From: ${from}`,
    `To: ${mail.to}`,
    ...(mail.cc ? [`Cc: ${mail.cc}`] : []),
    `Subject: ${mail.subject ?? 'Re: Printer on fire'}`,
    ...Object.entries(mail.headers ?? {}).map(([name, value]) => `${name}: ${value}`),
  ];
  return [...lines, ...(mail.mime ? [mail.mime] : ['', mail.text ?? 'It burns still.'])].join('\n');
}

/** The provider takes a mail in and tells of it; then it is fetched. */
async function receive(mail: Mail | string, options?: ReceiveOptions): Promise<void> {
  const id = await server.inbound.receive(typeof mail === 'string' ? mail : eml(mail), options);
  await announce(id);
  await inbox.drain();
}
async function announce(emailId: string): Promise<void> {
  const event = { type: 'email.received', data: { email_id: emailId, from: 'x', to: ['y'], subject: 'z' } };
  const signed = signEvent(event, { id: `msg_in_${(told += 1)}`, now: test.clock.now() });
  await expectStatus(await postEvent(test.app, signed), 200);
}
/** The address that this user's mails about the ticket ask to be answered at. */
async function replyTo(number: string, user = CLIENT): Promise<string> {
  await deliverer.drain();
  const mails = (await test.mails()).filter(
    (mail) => mail.recipient === user.email && mail.payload.subject.includes(number),
  );
  return mails.at(-1)!.payload.replyTo!;
}
async function inboxRows() {
  const rows = await test.deps.db.selectFrom('inbound_mails').selectAll().orderBy('id').execute();
  return rows.map(({ state, reason }) => (reason === null ? state : `${state} ${reason}`));
}
const messagesOf = async (number: string, user = AGENT) =>
  (
    await expectStatus<{ messages: Message[] }>(
      await test.as(user).get(`/api/tickets/${number}/messages`),
      200,
    )
  ).messages;
const bodiesOf = async (number: string) => (await messagesOf(number)).map(({ body }) => body);
const ticketsOf = async (user = CLIENT) =>
  (await expectStatus<{ tickets: Ticket[] }>(await test.as(user).get('/api/tickets'), 200)).tickets;

describe('an answer to a mail of ours', () => {
  it('becomes a reply of its writer, without what was quoted, and follows the rules of every reply', async () => {
    const { number } = await fileTicket(test.as(CLIENT));
    await patchTicket(test.as(ADMIN), number, { assigneeId: AGENT.sub });
    await reply(test.as(AGENT), number);
    const to = await replyTo(number);
    await receive({
      to,
      text: 'Now it is out.\n\nOn Thu, Jan 15, 2026 at 1 PM Support <a@b.c> wrote:\n\n> Some words.',
    });
    const messages = await messagesOf(number);
    expect(messages.at(-1)).toMatchObject({
      author: { id: CLIENT.sub, role: 'client' },
      body: 'Now it is out.',
      byMail: true,
    });
    expect(messages[0]).not.toHaveProperty('byMail');
    expect((await readTicket(test.as(CLIENT), number)).status).toBe('in_progress');
    expect((await test.mails()).at(-1)).toMatchObject({ kind: 'clientReply', recipient: AGENT.email });
    const path = `/api/tickets/${number}/messages/${messages.at(-1)!.id}/original`;
    const original = await expectStatus<{ text: string }>(await test.as(AGENT).get(path), 200);
    expect(original.text).toContain('> Some words.');
    expect((await test.as(CLIENT).get(path)).status).toBe(403);
    expect((await test.as(OTHER_CLIENT).get(path)).status).toBe(404);
  });

  it('of an agent goes to the client', async () => {
    const { number } = await fileTicket(test.as(CLIENT));
    await patchTicket(test.as(ADMIN), number, { assigneeId: AGENT.sub });
    const to = await replyTo(number, AGENT);
    await receive({ to, from: `A <${AGENT.email}>`, text: 'Use water.' });
    expect((await messagesOf(number)).at(-1)).toMatchObject({
      body: 'Use water.',
      author: { role: 'agent' },
    });
    expect((await readTicket(test.as(CLIENT), number)).status).toBe('waiting_user');
    // Nobody has looked at where the next one comes from: too little for one who speaks for the desk.
    await receive({ to, from: `A <${AGENT.email}>`, verdict: null });
    expect((await inboxRows()).at(-1)).toBe('quarantined unverified');
  });

  it('brings its files, and says which it could not', async () => {
    const { number } = await fileTicket(test.as(CLIENT));
    const part = (name: string, type: string, base64: string, more = '') =>
      `--b\nContent-Type: ${type}; name="${name}"\nContent-Disposition: attachment; filename="${name}"${more}\nContent-Transfer-Encoding: base64\n\n${base64.replace(/.{76}/g, '$&\n')}\n`;
    const png = Buffer.from(PNG).toString('base64');
    const large = Buffer.alloc(10 * 1024 * 1024 + 1).toString('base64');
    const mime = [
      'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n',
      '--b\nContent-Type: text/plain\n\nSee the picture.\n',
      part('../../etc/shot.png', 'text/plain', png),
      part('dump.bin', 'application/octet-stream', large),
      part('logo.png', 'image/png', png)
        .replace('attachment;', 'inline;')
        .replace('\n\n', '\nContent-ID: <x@y>\n\n'),
      '--b--',
    ].join('\n');
    await receive({ to: await replyTo(number), mime });
    const message = (await messagesOf(number)).at(-1)!;
    expect(message.body).toBe('See the picture.\n\n[Left out: dump.bin]');
    expect(message.attachments).toMatchObject([{ name: 'shot.png', contentType: 'image/png' }]);
    const file = await test.as(CLIENT).get(`/api/attachments/${message.attachments[0]!.id}`);
    expect(Buffer.from(await file.arrayBuffer())).toEqual(Buffer.from(PNG));
  });

  it('is found by its thread, its subject, and at last by the number in its text', async () => {
    const { number } = await fileTicket(test.as(CLIENT));
    await deliverer.drain();
    const root = server.accepted()[0]!['headers'] as Record<string, string>;
    await receive({
      to: 'support@example.com',
      text: 'By thread.',
      headers: { 'In-Reply-To': root['References']! },
    });
    await receive({ to: 'support@example.com', text: 'By subject.', subject: `Re: [${number}] Printer` });
    await receive({ to: 'support@example.com', text: `By text.\n\n> Ticket ${number.toLowerCase()}` });
    expect((await bodiesOf(number)).slice(1)).toEqual(['By thread.', 'By subject.', 'By text.']);
  });

  it('comes too late for a ticket that was closed long ago, and opens one that follows up on it', async () => {
    const { number } = await fileTicket(test.as(CLIENT), { category: 'billing' });
    await test.as(AGENT).post(`/api/tickets/${number}/close`);
    const to = await replyTo(number);
    test.clock.advance(7 * DAY);
    await receive({ to, text: 'In time.' });
    expect(await readTicket(test.as(CLIENT), number)).toMatchObject({ status: 'open' });
    await test.as(AGENT).post(`/api/tickets/${number}/close`);
    test.clock.advance(7 * DAY + 1);
    await receive({ to, text: 'Too late.' });
    const [followUp, ...others] = await ticketsOf();
    expect(others).toHaveLength(1);
    expect(followUp).toMatchObject({ followUpOf: number, subject: 'Printer on fire', category: 'billing' });
    expect(await bodiesOf(followUp!.number)).toEqual(['Too late.']);
    expect((await readTicket(test.as(CLIENT), number)).status).toBe('closed');
  });

  it('counts once, however often it is told, fetched or sent', async () => {
    const { number } = await fileTicket(test.as(CLIENT));
    const mail = eml({ to: await replyTo(number), text: 'Once.' });
    const id = await server.inbound.receive(mail);
    await announce(id);
    await announce(id);
    await Promise.all([inbox.drain(), createInbox(test.deps).drain()]);
    await receive(mail);
    expect(await bodiesOf(number)).toEqual(['Smoke comes out of it.', 'Once.']);
    expect(await inboxRows()).toEqual(['accepted', 'ignored duplicate']);
  });
});

describe('a mail to the support address', () => {
  const to = 'Support <support@example.com>';

  it('opens a ticket for somebody known, who is told its number', async () => {
    await receive({ to, subject: 'Re: Fwd: Cannot log in', text: 'Since today.' });
    const [ticket] = await ticketsOf();
    expect(ticket).toMatchObject({ subject: 'Cannot log in', status: 'open', category: 'general' });
    await deliverer.drain();
    expect(server.accepted()).toMatchObject([
      { to: CLIENT.email, subject: `[${ticket!.number}] Cannot log in` },
    ]);
  });

  it('waits for an agent where nobody knows the sender, unless the settings say else', async () => {
    await receive({ to, from: 'Nina New <Nina@Elsewhere.example>' });
    expect(await inboxRows()).toEqual(['quarantined unknown_sender']);
    await stop();
    await start({ inboundMail: { unknownSenders: true } });
    await receive({ to, from: 'Nina New <Nina@Elsewhere.example>', subject: '' });
    const [ticket] = await ticketsOf(AGENT);
    expect(ticket).toMatchObject({
      subject: '(no subject)',
      requester: { name: 'Nina New', email: 'nina@elsewhere.example' },
    });
  });

  it('is none of ours when it went to another address', async () => {
    await receive({ to: 'shop@other.example' });
    expect(await inboxRows()).toEqual(['ignored other_recipient']);
    const row = await test.deps.db.selectFrom('inbound_mails').selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({ original: null, subject: null });
  });

  it('waits while support is switched off', async () => {
    await stop();
    await start({ enabled: false });
    await receive({ to });
    expect(await inboxRows()).toEqual(['quarantined support_disabled']);
  });
});

describe('nobody gets into a ticket by mail', () => {
  let number: string;
  let to: string;
  beforeEach(async () => {
    ({ number } = await fileTicket(test.as(CLIENT)));
    to = await replyTo(number);
  });
  afterEach(async () => {
    expect(await bodiesOf(number)).toEqual(['Smoke comes out of it.']);
    expect(await readTicket(test.as(CLIENT), number)).toMatchObject({ status: 'open' });
    expect((await test.as(OTHER_CLIENT).get(`/api/tickets/${number}`)).status).toBe(404);
  });

  it.each<[string, () => Partial<Mail>, string]>([
    [
      'a spoofed From',
      () => ({ verdict: 'amazonses.com; spf=fail; dmarc=fail header.from=example.com' }),
      'spoofed',
    ],
    [
      'a verdict below the provider’s',
      () => ({
        verdict: `amazonses.com; dmarc=fail header.from=example.com`,
        headers: { 'Authentication-Results': passed('example.com') },
      }),
      'spoofed',
    ],
    ['a forged reply address', () => ({ to: to.replace(/\d+\.(\d+)\./, '1002.$1.') }), 'forged_address'],
    [
      'a forged one beside a good one',
      () => ({ cc: to.replace(/.(?=@)/, (c) => (c === 'a' ? 'b' : 'a')) }),
      'forged_address',
    ],
    [
      'a copy that somebody else was given',
      () => ({ from: `Otto <${OTHER_CLIENT.email}>` }),
      'not_participant',
    ],
    [
      'a stranger who was forwarded the mail',
      () => ({ from: 'Mallory <m@evil.example>' }),
      'not_participant',
    ],
    [
      'the thread of somebody else',
      () => ({
        to: 'support@example.com',
        from: `Otto <${OTHER_CLIENT.email}>`,
        subject: `Re: [${number}] Printer`,
      }),
      'not_participant',
    ],
    ['a name that is an address', () => ({ from: `"${CLIENT.email}" <m@evil.example>` }), 'not_participant'],
    [
      'no verdict and no reply address',
      () => ({ to: 'support@example.com', verdict: null, subject: `[${number}]` }),
      'unverified',
    ],
    ['what the scanner takes for spam', () => ({ headers: { 'X-SES-Spam-Verdict': 'FAIL' } }), 'spam'],
    ['a virus', () => ({ headers: { 'X-SES-Virus-Verdict': 'FAIL' } }), 'virus'],
    ['a newsletter', () => ({ headers: { 'List-Unsubscribe': '<https://x.example>' } }), 'bulk'],
  ])('by %s', async (_, mail, reason) => {
    await receive({ to, ...mail() });
    expect(await inboxRows()).toEqual([`quarantined ${reason}`]);
  });

  it('by a list of headers that has lost its order', async () => {
    const forged = eml({
      to,
      verdict: `amazonses.com; dmarc=fail header.from=example.com`,
      headers: { 'Authentication-Results': passed('example.com') },
    });
    await receive(forged, { withoutRaw: true });
    expect(await inboxRows()).toEqual(['quarantined spoofed']);
  });

  it.each<[string, Partial<Mail>, string]>([
    ['out of office', { headers: { 'Auto-Submitted': 'auto-replied' } }, 'auto_reply'],
    ['out of office that says so in its subject', { subject: 'Automatic reply: [SUP-1001]' }, 'auto_reply'],
    ['a bounce', { headers: { 'Return-Path': '<>' }, from: 'MAILER-DAEMON@example.com' }, 'bounce'],
    ['a mail of ours', { from: 'Support <support@example.com>' }, 'own_mail'],
    [
      'a mail of ours that was redirected',
      { headers: { 'X-Support-Center': 'SUP support@example.com' } },
      'own_mail',
    ],
  ])('and nothing is answered to %s', async (_, mail, reason) => {
    const before = (await test.mails()).length;
    await receive({ to, ...mail });
    expect(await inboxRows()).toEqual([`ignored ${reason}`]);
    expect(await test.mails()).toHaveLength(before);
  });
});

it('a loop of machines that look like people is soon over', async () => {
  const { number } = await fileTicket(test.as(CLIENT));
  const to = await replyTo(number);
  for (let n = 0; n < 32; n += 1) await receive({ to, text: `Thanks ${n}` });
  expect((await inboxRows()).filter((row) => row === 'accepted')).toHaveLength(30);
  expect((await inboxRows()).at(-1)).toBe('quarantined too_many');
});

describe('fetching', () => {
  it.each<[string, Parameters<ResendServer['inbound']['script']>[0]]>([
    ['a 500', { status: 500, body: { statusCode: 500, name: 'application_error', message: 'No.' } }],
    [
      'a 429',
      {
        status: 429,
        body: { statusCode: 429, name: 'rate_limit_exceeded', message: 'No.' },
        headers: { 'retry-after': '7' },
      },
    ],
    ['broken JSON', { status: 200, raw: '{"id":' }],
    ['JSON that is no mail', { status: 200, body: { object: 'email' } }],
    ['no answer in time', 'hang'],
    ['a connection that breaks', 'reset'],
  ])('is tried again after %s', async (_, answer) => {
    const { number } = await fileTicket(test.as(CLIENT));
    const to = await replyTo(number);
    server.inbound.script(answer);
    await receive({ to, text: 'At last.' });
    expect(await inboxRows()).toEqual(['queued']);
    test.clock.advance(10_000);
    await inbox.drain();
    expect(await bodiesOf(number)).toEqual(['Smoke comes out of it.', 'At last.']);
  });

  it('is given up after a day, or when the mail is not there, and an agent is told', async () => {
    await announce('nowhere');
    await inbox.drain();
    expect(await inboxRows()).toEqual(['quarantined unreachable']);
    server.inbound.script(...Array.from({ length: 100 }, () => ({ status: 503, body: {} })));
    await receive({ to: 'support@example.com' });
    for (let n = 0; n < 60; n += 1) {
      test.clock.advance(30 * MINUTE);
      await inbox.drain();
    }
    expect(await inboxRows()).toEqual(['quarantined unreachable', 'quarantined unreachable']);
  });

  it('is taken over from a process that died', async () => {
    const { number } = await fileTicket(test.as(CLIENT));
    const id = await server.inbound.receive(eml({ to: await replyTo(number), text: 'Survived.' }));
    await inbox.stop();
    await announce(id);
    await test.deps.db
      .updateTable('inbound_mails')
      .set({ state: 'fetching', attempts: 1, next_attempt_at: test.clock.now() + 10 * MINUTE })
      .execute();
    inbox = createInbox(test.deps);
    await inbox.drain();
    expect(await inboxRows()).toEqual(['fetching']);
    test.clock.advance(10 * MINUTE);
    await inbox.drain();
    expect(await bodiesOf(number)).toEqual(['Smoke comes out of it.', 'Survived.']);
  });

  it('is not possible without a key, which the log says', async () => {
    const own = await createTestApp({ config: { mail: { webhookSecret: WEBHOOK_SECRET } } });
    const event = { type: 'email.received', data: { email_id: 'x' } };
    const signed = signEvent(event, { id: 'msg_x', now: own.clock.now() });
    await expectStatus(await postEvent(own.app, signed), 200);
    expect(own.logs).toContainEqual(expect.objectContaining({ event: 'mail.cannot_receive' }));
    await own.close();
  });
});

it('no word of a mail and no address gets into the log', async () => {
  const { number } = await fileTicket(test.as(CLIENT));
  await receive({ to: await replyTo(number), subject: 'A secret subject', text: 'A secret text' });
  await receive({ to: 'support@example.com', from: 'Nina <nina@elsewhere.example>', text: 'A secret text' });
  const lines = JSON.stringify(test.logs);
  for (const word of ['secret', 'clara@', 'nina@', 'reply+']) expect(lines).not.toContain(word);
});
