import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openMailRoom, type MailRoom, toEml } from '../../testing/mail-room.ts';
import { PNG } from '../../testing/png.ts';
import { expectStatus, fileTicket, patchTicket, readTicket, reply } from '../../testing/tickets.ts';
import { ADMIN, AGENT, CLIENT, OTHER_CLIENT } from '../../testing/users.ts';
import { createInbox } from './inbox.ts';

const DAY = 24 * 60 * 60_000;

let room: MailRoom;
beforeEach(async () => {
  room = await openMailRoom();
});
afterEach(() => room.close());

describe('an answer to a mail of ours', () => {
  it('becomes a reply of its writer, without what was quoted, and follows the rules of every reply', async () => {
    const { number } = await fileTicket(room.test.as(CLIENT));
    await patchTicket(room.test.as(ADMIN), number, { assigneeId: AGENT.sub });
    await reply(room.test.as(AGENT), number);
    const to = await room.replyTo(number);
    await room.receive({
      to,
      text: 'Now it is out.\n\nOn Thu, Jan 15, 2026 at 1 PM Support <a@b.c> wrote:\n\n> Some words.',
    });
    const messages = await room.messagesOf(number);
    expect(messages.at(-1)).toMatchObject({
      author: { id: CLIENT.sub, role: 'client' },
      body: 'Now it is out.',
      byMail: true,
    });
    expect(messages[0]).not.toHaveProperty('byMail');
    expect((await readTicket(room.test.as(CLIENT), number)).status).toBe('in_progress');
    expect((await room.test.mails()).at(-1)).toMatchObject({ kind: 'clientReply', recipient: AGENT.email });
    const path = `/api/tickets/${number}/messages/${messages.at(-1)!.id}/original`;
    const original = await expectStatus<{ text: string }>(await room.test.as(AGENT).get(path), 200);
    expect(original.text).toContain('> Some words.');
    expect((await room.test.as(CLIENT).get(path)).status).toBe(403);
    expect((await room.test.as(OTHER_CLIENT).get(path)).status).toBe(404);
  });

  it('of an agent goes to the client', async () => {
    const { number } = await fileTicket(room.test.as(CLIENT));
    await patchTicket(room.test.as(ADMIN), number, { assigneeId: AGENT.sub });
    const to = await room.replyTo(number, AGENT);
    await room.receive({ to, from: `A <${AGENT.email}>`, text: 'Use water.' });
    expect((await room.messagesOf(number)).at(-1)).toMatchObject({
      body: 'Use water.',
      author: { role: 'agent' },
    });
    expect((await readTicket(room.test.as(CLIENT), number)).status).toBe('waiting_user');
    // Nobody has looked at where the next one comes from: too little for one who speaks for the desk.
    await room.receive({ to, from: `A <${AGENT.email}>`, verdict: null });
    expect((await room.rows()).at(-1)).toBe('quarantined unverified');
  });

  it('brings its files, and says which it could not', async () => {
    const { number } = await fileTicket(room.test.as(CLIENT));
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
    await room.receive({ to: await room.replyTo(number), mime });
    const message = (await room.messagesOf(number)).at(-1)!;
    expect(message.body).toBe('See the picture.\n\n[Left out: dump.bin]');
    expect(message.attachments).toMatchObject([{ name: 'shot.png', contentType: 'image/png' }]);
    const file = await room.test.as(CLIENT).get(`/api/attachments/${message.attachments[0]!.id}`);
    expect(Buffer.from(await file.arrayBuffer())).toEqual(Buffer.from(PNG));
  });

  it('is found by its thread, its subject, and at last by the number in its text', async () => {
    const { number } = await fileTicket(room.test.as(CLIENT));
    await room.deliverer.drain();
    const root = room.server.accepted()[0]!['headers'] as Record<string, string>;
    await room.receive({
      to: 'support@example.com',
      text: 'By thread.',
      headers: { 'In-Reply-To': root['References']! },
    });
    await room.receive({
      to: 'support@example.com',
      text: 'By subject.',
      subject: `Re: [${number}] Printer`,
    });
    await room.receive({ to: 'support@example.com', text: `By text.\n\n> Ticket ${number.toLowerCase()}` });
    expect((await room.bodiesOf(number)).slice(1)).toEqual(['By thread.', 'By subject.', 'By text.']);
  });

  it('comes too late for a ticket that was closed long ago, and opens one that follows up on it', async () => {
    const { number } = await fileTicket(room.test.as(CLIENT), { category: 'billing' });
    await room.test.as(AGENT).post(`/api/tickets/${number}/close`);
    const to = await room.replyTo(number);
    room.test.clock.advance(7 * DAY);
    await room.receive({ to, text: 'In time.' });
    expect(await readTicket(room.test.as(CLIENT), number)).toMatchObject({ status: 'open' });
    await room.test.as(AGENT).post(`/api/tickets/${number}/close`);
    room.test.clock.advance(7 * DAY + 1);
    await room.receive({ to, text: 'Too late.' });
    const [followUp, ...others] = await room.ticketsOf();
    expect(others).toHaveLength(1);
    expect(followUp).toMatchObject({ followUpOf: number, subject: 'Printer on fire', category: 'billing' });
    expect(await room.bodiesOf(followUp!.number)).toEqual(['Too late.']);
    expect((await readTicket(room.test.as(CLIENT), number)).status).toBe('closed');
  });

  it('counts once, however often it is told, fetched or sent', async () => {
    const { number } = await fileTicket(room.test.as(CLIENT));
    const mail = toEml({ to: await room.replyTo(number), text: 'Once.' });
    const id = await room.server.inbound.receive(mail);
    await room.announce(id);
    await room.announce(id);
    await Promise.all([room.inbox.drain(), createInbox(room.test.deps).drain()]);
    await room.receive(mail);
    expect(await room.bodiesOf(number)).toEqual(['Smoke comes out of it.', 'Once.']);
    expect(await room.rows()).toEqual(['accepted', 'ignored duplicate']);
  });
});

describe('a mail to the support address', () => {
  const to = 'Support <support@example.com>';

  it('opens a ticket for somebody known, who is told its number', async () => {
    await room.receive({ to, subject: 'Re: Fwd: Cannot log in', text: 'Since today.' });
    const [ticket] = await room.ticketsOf();
    expect(ticket).toMatchObject({ subject: 'Cannot log in', status: 'open', category: 'general' });
    await room.deliverer.drain();
    expect(room.server.accepted()).toMatchObject([
      { to: CLIENT.email, subject: `[${ticket!.number}] Cannot log in` },
    ]);
  });

  it('waits for an agent where nobody knows the sender, unless the settings say else', async () => {
    await room.receive({ to, from: 'Nina New <Nina@Elsewhere.example>' });
    expect(await room.rows()).toEqual(['quarantined unknown_sender']);
    await room.close();
    room = await openMailRoom({ inboundMail: { unknownSenders: true } });
    await room.receive({ to, from: 'Nina New <Nina@Elsewhere.example>', subject: '' });
    const [ticket] = await room.ticketsOf(AGENT);
    expect(ticket).toMatchObject({
      subject: '(no subject)',
      requester: { name: 'Nina New', email: 'nina@elsewhere.example' },
    });
  });

  it('is none of ours when it went to another address', async () => {
    await room.receive({ to: 'shop@other.example' });
    expect(await room.rows()).toEqual(['ignored other_recipient']);
    const row = await room.test.deps.db.selectFrom('inbound_mails').selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({ original: null, subject: null });
  });

  it('waits while support is switched off', async () => {
    await room.close();
    room = await openMailRoom({ enabled: false });
    await room.receive({ to });
    expect(await room.rows()).toEqual(['quarantined support_disabled']);
  });
});

it('no word of a mail and no address gets into the log', async () => {
  const { number } = await fileTicket(room.test.as(CLIENT));
  await room.receive({ to: await room.replyTo(number), subject: 'A secret subject', text: 'A secret text' });
  await room.receive({
    to: 'support@example.com',
    from: 'Nina <nina@elsewhere.example>',
    text: 'A secret text',
  });
  const lines = JSON.stringify(room.test.logs);
  for (const word of ['secret', 'clara@', 'nina@', 'reply+']) expect(lines).not.toContain(word);
});
