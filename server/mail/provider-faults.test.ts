import { afterEach, beforeEach, expect, it } from 'vitest';
import { openMailRoom, type MailRoom } from '../testing/mail-room.ts';
import type { ResendAnswer, ResendServer } from '../testing/resend-server.ts';
import { fileTicket, reply } from '../testing/tickets.ts';
import { AGENT, CLIENT } from '../testing/users.ts';

const MINUTE = 60_000;

let room: MailRoom;
beforeEach(async () => {
  room = await openMailRoom({}, { patienceMs: 1000 });
});
afterEach(() => room.close());

const next = (answer: ResendAnswer) => async (server: ResendServer) => server.script(answer);
const tooMany: ResendAnswer = {
  status: 429,
  headers: { 'retry-after': '90' },
  body: { statusCode: 429, name: 'rate_limit_exceeded', message: 'Too many requests.' },
};
const broken: ResendAnswer = { status: 200, raw: '{"id":' };

// With the real SDK, from the request of a person to the mailbox of another one.
it.each<[string, (server: ResendServer) => Promise<void>]>([
  ['is down', (server) => server.goDown()],
  ['hangs', next('hang')],
  ['takes the mail and hangs', next({ accepted: 'hang' })],
  ['asks for time', next(tooMany)],
  ['fails', next({ status: 500, body: { statusCode: 500, name: 'application_error', message: 'Oops.' } })],
  ['takes the mail and fails', next({ accepted: { status: 500, raw: '<h1>Oops</h1>' } })],
  ['breaks the connection', next('reset')],
  ['takes the mail and breaks the connection', next({ accepted: 'reset' })],
  ['answers with broken JSON', next(broken)],
  ['takes the mail and answers with broken JSON', next({ accepted: broken })],
])('each mail is accepted exactly once by a provider that %s', async (_, go) => {
  const { server, test, deliverer } = room;
  await go(server);
  const { number } = await fileTicket(test.as(CLIENT));
  await reply(test.as(AGENT), number, { body: 'Which one?' });
  await reply(test.as(AGENT), number, { body: 'And since when?' });
  await deliverer.drain();
  // The confirmation, which is due at once, waits for its next attempt.
  expect((await test.mails()).map(({ state }) => state)).toEqual(['queued', 'queued', 'queued']);
  await server.comeBack().catch(() => undefined);
  for (let minute = 0; minute < 10; minute++) {
    test.clock.advance(MINUTE);
    await deliverer.drain();
  }
  const accepted = server.accepted().map(({ to, text }) => `${String(to)}: ${String(text)}`);
  // And both replies are one mail.
  expect(accepted).toHaveLength(2);
  expect(
    accepted.filter((mail) => mail.includes('Which one?') && mail.includes('And since when?')),
  ).toHaveLength(1);
  expect((await test.mails()).map(({ state }) => state).sort()).toEqual(['merged', 'sent', 'sent']);
});
