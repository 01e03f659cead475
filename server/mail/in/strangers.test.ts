import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openMailRoom, type MailRoom, passed, toEml, type WrittenMail } from '../../testing/mail-room.ts';
import { fileTicket, readTicket } from '../../testing/tickets.ts';
import { CLIENT, OTHER_CLIENT } from '../../testing/users.ts';

let room: MailRoom;
beforeEach(async () => {
  room = await openMailRoom();
});
afterEach(() => room.close());

describe('nobody gets into a ticket by mail', () => {
  let number: string;
  let to: string;
  beforeEach(async () => {
    ({ number } = await fileTicket(room.test.as(CLIENT)));
    to = await room.replyTo(number);
  });
  afterEach(async () => {
    expect(await room.bodiesOf(number)).toEqual(['Smoke comes out of it.']);
    expect(await readTicket(room.test.as(CLIENT), number)).toMatchObject({ status: 'open' });
    expect((await room.test.as(OTHER_CLIENT).get(`/api/tickets/${number}`)).status).toBe(404);
  });

  it.each<[string, () => Partial<WrittenMail>, string]>([
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
    await room.receive({ to, ...mail() });
    expect(await room.rows()).toEqual([`quarantined ${reason}`]);
  });

  it('by a list of headers that has lost its order', async () => {
    const forged = toEml({
      to,
      verdict: `amazonses.com; dmarc=fail header.from=example.com`,
      headers: { 'Authentication-Results': passed('example.com') },
    });
    await room.receive(forged, { withoutRaw: true });
    expect(await room.rows()).toEqual(['quarantined spoofed']);
  });

  it.each<[string, Partial<WrittenMail>, string]>([
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
    const before = (await room.test.mails()).length;
    await room.receive({ to, ...mail });
    expect(await room.rows()).toEqual([`ignored ${reason}`]);
    expect(await room.test.mails()).toHaveLength(before);
  });
});

it('a loop of machines that look like people is soon over', async () => {
  const { number } = await fileTicket(room.test.as(CLIENT));
  const to = await room.replyTo(number);
  for (let n = 0; n < 32; n += 1) await room.receive({ to, text: `Thanks ${n}` });
  expect((await room.rows()).filter((row) => row === 'accepted')).toHaveLength(30);
  expect((await room.rows()).at(-1)).toBe('quarantined too_many');
});
