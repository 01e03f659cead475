import { describe, expect, it } from 'vitest';
import { NOTIFICATION_KINDS, type NotificationKind } from '../../contract/vocabulary.ts';
import { renderTicketMail, type TicketMailParams } from './ticket-mail.ts';

const PARAMS: TicketMailParams = {
  kind: 'confirmation',
  ticket: {
    number: 'SUP-1042',
    subject: 'Dashboard is blank',
    status: 'open',
    priority: 'high',
    category: 'technical',
    relatedApp: 'Shop EU',
  },
  requester: { name: 'Clara Client', email: 'clara@example.com' },
  actor: { name: 'Agnes Agent' },
  message: { body: 'It stays white.\nSince today.', attachmentNames: ['screen.png'] },
  url: 'https://host.example/support#SUP-1042',
  reopenWindowDays: 7,
  closedAfterDays: 7,
  reminderDaysBefore: 2,
};
const HOSTILE = `"><script>alert('x')</script><img src=x onerror=alert(1)>&amp;`;

const render = (kind: NotificationKind, more: Partial<TicketMailParams> = {}) =>
  renderTicketMail({ ...PARAMS, ...more, kind });
const withTicket = (ticket: Partial<TicketMailParams['ticket']>) => ({
  ticket: { ...PARAMS.ticket, ...ticket },
});

describe.each(NOTIFICATION_KINDS)('the mail %s', (kind) => {
  it('names the ticket in its subject, the same for every kind', () => {
    expect(render(kind).subject).toBe('[SUP-1042] Dashboard is blank');
  });

  it('says the same in HTML and in text: the number, what was written, its files, the link', () => {
    const { html, text } = render(kind);
    for (const part of [html, text]) {
      expect(part).toContain('SUP-1042');
      expect(part).toContain('Since today.');
      expect(part).toContain('screen.png');
      expect(part).toContain('https://host.example/support#SUP-1042');
    }
  });

  it('has no link and no empty button without TICKET_URL', () => {
    const { html, text } = render(kind, { url: undefined });
    expect(html).not.toContain('<a ');
    expect(text).not.toContain('http');
  });

  it('escapes every value', () => {
    const { html } = render(kind, {
      ...withTicket({ subject: HOSTILE, relatedApp: HOSTILE }),
      requester: { name: HOSTILE, email: HOSTILE },
      actor: { name: HOSTILE },
      message: { body: HOSTILE, attachmentNames: [HOSTILE] },
      url: `https://host.example/?a=1&b="${HOSTILE}`,
    });
    expect(html).not.toMatch(/<script|<img|onerror=alert\(1\)>/);
    const tags = new Set([...html.matchAll(/<\/?([a-z0-9]+)/g)].map((match) => match[1]));
    const own = 'html head meta title body table tr td h1 p div br a'.split(' ');
    expect([...tags].filter((tag) => !own.includes(tag as string))).toEqual([]);
    expect(html.match(/<a /g)?.length).toBe(1);
  });

  it('keeps values on their line, so that no header can be added', () => {
    const evil = 'Hello\r\nBcc: everyone@example.com\u2028X: y\u0000\u0007';
    const { subject, text } = render(kind, {
      ...withTicket({ subject: evil, relatedApp: evil }),
      requester: { name: evil, email: 'clara@example.com' },
      actor: { name: evil },
      message: { body: 'Hi', attachmentNames: [evil] },
    });
    expect(subject).toBe('[SUP-1042] Hello Bcc: everyone@example.com X: y');
    expect(text).not.toMatch(/^\s*(Bcc|X):/m);
    expect(text).not.toMatch(/[^\P{Cc}\n]/u);
  });
});

describe('ticket mails', () => {
  it('show code as it was pasted and leave Markdown alone', () => {
    const body = 'See:\n\n```\nif (a < b) {\n    crash();\n}\n```\n\n**Thanks**';
    const { html, text } = render('agentReply', { message: { body, attachmentNames: [] } });
    expect(html).toContain('if (a &lt; b) {\n    crash();\n}</pre>');
    expect(html).toContain('**Thanks**');
    expect(text).toContain('  if (a < b) {\n      crash();');
    expect(text).not.toContain('Attachments');
  });

  it('keep code that is never closed', () => {
    expect(render('agentReply', { message: { body: '```\nlast', attachmentNames: [] } }).html).toContain(
      'last</pre>',
    );
  });

  it('quote the beginning of a message that mailboxes would clip, without half a character', () => {
    const body = `a${'🦊'.repeat(25_000)}`;
    const { html, text } = render('agentReply', { message: { body, attachmentNames: [] } });
    expect(html.length).toBeLessThan(60_000);
    expect(text).toContain('[…]');
    expect(text.isWellFormed()).toBe(true);
    expect(text).not.toContain('\ufffd');
  });

  it('take directional overrides out of what is read as a name', () => {
    expect(render('closed', withTicket({ subject: 'in\u202evoice\u2066' })).subject).toBe(
      '[SUP-1042] invoice',
    );
  });

  it('tell how a closed ticket is reopened, by the window in force', () => {
    const closed = withTicket({ status: 'closed' });
    expect(render('closed', closed).text).toContain('within 7 days to reopen');
    expect(render('closed', { ...closed, reopenWindowDays: 1 }).text).toContain('within 1 day to');
    expect(render('closed', { ...closed, reopenWindowDays: 0 }).text).toContain('create a new ticket');
    expect(render('agentReply', closed).text).toContain('within 7 days to reopen');
  });

  it('tell when a resolved ticket closes, if it does', () => {
    const resolved = withTicket({ status: 'resolved' });
    expect(render('resolved', resolved).text).toContain('closes in 7 days');
    expect(render('resolved', { ...resolved, closedAfterDays: 0 }).text).not.toContain('closes in');
    expect(render('resolved', { ...resolved, actor: null }).text).toContain('did not hear from you');
  });

  it('remind of the days that are left', () => {
    expect(render('reminder', { message: undefined, actor: null }).text).toContain('resolved in 2 days');
  });
});
