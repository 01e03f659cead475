import type { Selectable } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../contract/settings.ts';
import type { UserRow } from '../db/tables.ts';
import { transact } from '../db/transact.ts';
import type { Actor } from '../deps.ts';
import { insertTicket, insertUser } from '../testing/rows.ts';
import { createTestDeps, type TestDeps } from '../testing/test-deps.ts';
import { AGENT, CLIENT } from '../testing/users.ts';
import { createDeliverer } from './deliver.ts';
import { notify, type TicketNews } from './notify.ts';

const SETTINGS = { ...DEFAULT_SETTINGS, notificationEmail: 'desk@support.example' };

let test: TestDeps;
let clara: Selectable<UserRow>;
let agnes: Selectable<UserRow>;
let news: TicketNews;

async function start(more: Parameters<typeof createTestDeps>[0] = {}): Promise<void> {
  test = await createTestDeps({
    ...more,
    overrides: { mail: { ticketUrl: 'https://host.example/support?t={number}#{number}' } },
  });
  clara = await insertUser(test.deps, CLIENT);
  agnes = await insertUser(test.deps, AGENT);
  const ticket = await insertTicket(test.deps, clara, { subject: 'Blank page', assignee_id: agnes.id });
  const now = test.clock.now();
  news = {
    kind: 'created',
    ticket,
    requester: clara,
    assignee: agnes,
    actor: actor(clara),
    settings: SETTINGS,
    now,
  };
}
beforeEach(() => start());
afterEach(() => test.close());

function actor({ id, external_id, name, email, role }: Selectable<UserRow>): Actor {
  return { userId: id, id: external_id, name, email, role };
}
const tell = (more: Partial<TicketNews> = {}) =>
  transact(test.deps.db, (trx) => notify(trx, test.deps, { ...news, ...more }));

/** A message row, since the outbox refers to it. */
async function message(body: string): Promise<NonNullable<TicketNews['message']>> {
  const { id } = await test.deps.db
    .insertInto('messages')
    .values({
      uid: 'm'.repeat(22),
      ticket_id: news.ticket.id,
      author_id: agnes.id,
      author_role: 'agent',
      body,
      created_at: news.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id, body, attachmentNames: [] };
}

describe('mails about a ticket', () => {
  it('are captured at once where there is no provider', async () => {
    await tell();
    expect(await test.mails()).toMatchObject([
      { kind: 'confirmation', recipient: CLIENT.email, state: 'captured', finished_at: news.now },
      { kind: 'newTicket', recipient: 'desk@support.example', state: 'captured' },
    ]);
  });

  it('carry what the provider needs, the link and what keeps a conversation together', async () => {
    await tell();
    const [mail] = await test.mails();
    const number = `SUP-${news.ticket.id}`;
    expect(mail?.payload).toMatchObject({
      from: 'Support <support@example.com>',
      to: CLIENT.email,
      subject: `[${number}] Blank page`,
      headers: { References: `<${number}.${news.now}@example.com>`, 'Auto-Submitted': 'auto-generated' },
    });
    expect(mail?.payload.text).toContain(`https://host.example/support?t=${number}#${number}`);
  });

  it('are written once for one event, however often it is told', async () => {
    await tell();
    await tell();
    expect(await test.mails()).toHaveLength(2);
    const reply = { kind: 'agentReply', actor: actor(agnes), message: await message('Hello') } as const;
    await tell(reply);
    await tell(reply);
    await tell({ ...reply, message: await message('Again') });
    expect((await test.mails()).filter((mail) => mail.kind === 'agentReply')).toHaveLength(2);
  });

  it('are written again when the same happens again', async () => {
    const closed = { kind: 'closed', actor: actor(agnes) } as const;
    await tell(closed);
    await tell({ ...closed, ticket: { ...news.ticket, version: news.ticket.version + 2 } });
    expect(await test.mails()).toHaveLength(2);
  });

  it('have keys that another installation does not make', async () => {
    await tell({ kind: 'closed', actor: null });
    const key = (await test.mails())[0]!.idempotency_key;
    await test.close();
    await start();
    await tell({ kind: 'closed', actor: null, ticket: { ...news.ticket, created_at: news.now - 1 } });
    expect((await test.mails())[0]!.idempotency_key).not.toBe(key);
    expect(key.length).toBeLessThan(257);
    expect(key).toMatch(/^[\x21-\x7e]+$/);
  });

  it('do not exist when the transaction rolls back', async () => {
    const failing = transact(test.deps.db, async (trx) => {
      await notify(trx, test.deps, news);
      throw new Error('Rolled back.');
    });
    await expect(failing).rejects.toThrow('Rolled back.');
    expect(await test.mails()).toEqual([]);
  });

  it('skip an address that would be several, or a header', async () => {
    for (const email of [
      'a@example.com, b@example.com',
      'a@example.com\r\nBcc: b@example.com',
      'nobody',
      '',
    ]) {
      await tell({ kind: 'closed', actor: null, requester: { ...clara, email } });
    }
    expect(await test.mails()).toEqual([]);
    expect(test.logs.filter((line) => line['event'] === 'mail.skipped')).toHaveLength(4);
    expect(JSON.stringify(test.logs)).not.toContain('example.com');
  });

  it('go out as soon as the transaction has committed', async () => {
    await test.close();
    const sent: string[] = [];
    let arrived = () => {};
    const all = new Promise<void>((resolve) => (arrived = resolve));
    await start({
      mail: {
        async send(payload) {
          sent.push(payload.to);
          if (sent.length === 2) arrived();
          return { state: 'sent', providerId: 'x' };
        },
      },
    });
    const deliverer = createDeliverer(test.deps);
    await tell();
    await all;
    await deliverer.stop();
    expect(sent.sort()).toEqual([CLIENT.email, 'desk@support.example']);
    expect((await test.mails()).map((mail) => mail.state)).toEqual(['sent', 'sent']);
  });
});
