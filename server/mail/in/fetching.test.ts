import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openMailRoom, type MailRoom, toEml } from '../../testing/mail-room.ts';
import { postEvent, signEvent, WEBHOOK_SECRET } from '../../testing/resend-events.ts';
import type { ResendServer } from '../../testing/resend-server.ts';
import { createTestApp } from '../../testing/test-app.ts';
import { expectStatus, fileTicket } from '../../testing/tickets.ts';
import { CLIENT } from '../../testing/users.ts';
import { createInbox } from './inbox.ts';

const MINUTE = 60_000;

let room: MailRoom;
beforeEach(async () => {
  room = await openMailRoom({}, { patienceMs: 1000 });
});
afterEach(() => room.close());

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
    const { number } = await fileTicket(room.test.as(CLIENT));
    const to = await room.replyTo(number);
    room.server.inbound.script(answer);
    await room.receive({ to, text: 'At last.' });
    expect(await room.rows()).toEqual(['queued']);
    room.test.clock.advance(10_000);
    await room.inbox.drain();
    expect(await room.bodiesOf(number)).toEqual(['Smoke comes out of it.', 'At last.']);
  });

  it('is given up after a day, or when the mail is not there, and an agent is told', async () => {
    await room.announce('nowhere');
    await room.inbox.drain();
    expect(await room.rows()).toEqual(['quarantined unreachable']);
    room.server.inbound.script(...Array.from({ length: 100 }, () => ({ status: 503, body: {} })));
    await room.receive({ to: 'support@example.com' });
    for (let n = 0; n < 60; n += 1) {
      room.test.clock.advance(30 * MINUTE);
      await room.inbox.drain();
    }
    expect(await room.rows()).toEqual(['quarantined unreachable', 'quarantined unreachable']);
  });

  it('is taken over from a process that died', async () => {
    const { number } = await fileTicket(room.test.as(CLIENT));
    const id = await room.server.inbound.receive(
      toEml({ to: await room.replyTo(number), text: 'Survived.' }),
    );
    await room.inbox.stop();
    await room.announce(id);
    await room.test.deps.db
      .updateTable('inbound_mails')
      .set({ state: 'fetching', attempts: 1, next_attempt_at: room.test.clock.now() + 10 * MINUTE })
      .execute();
    const inbox = createInbox(room.test.deps);
    await inbox.drain();
    expect(await room.rows()).toEqual(['fetching']);
    room.test.clock.advance(10 * MINUTE);
    await inbox.drain();
    expect(await room.bodiesOf(number)).toEqual(['Smoke comes out of it.', 'Survived.']);
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
