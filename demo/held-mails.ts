import type { Page } from 'playwright-core';
import type { QuarantinedMail, QuarantinePage } from '../server/contract/mail.ts';

/** Mails in doubt, as a server with a mail provider would have them. The newest first. */
const HELD: Array<Omit<QuarantinedMail, 'id' | 'receivedAt'>> = [
  {
    from: { name: 'Mallory Vane', email: 'mallory@acme-cl0ud.example' },
    subject: 'Re: [SUP-1003] Urgent: confirm the new bank account before the end of the business day',
    text: 'Please confirm by return of mail, and send the password of the account.',
    files: ['new-account.pdf'],
    verdict: 'fail',
    reason: 'spoofed',
    ticket: 'SUP-1003',
  },
  {
    from: { name: 'Clara Weber', email: 'clara.weber@home.example' },
    subject: 'Re: [SUP-1003] Dashboard is blank',
    text:
      'It is me, from my private address.\n\nSince this morning it works in one browser, but not in the other. ' +
      'I have added what the console says.\n\nRegards\nClara\n\n' +
      'On Monday, Priya from Acme Cloud Support wrote:\n> Could you try another browser, and tell us what its ' +
      'console says?\n>\n> Best\n> Priya',
    files: ['console.txt', 'screenshot of the dashboard.png'],
    verdict: 'pass',
    reason: 'not_participant',
    ticket: 'SUP-1003',
  },
  {
    from: { name: '', email: 'orders@a-very-long-name-of-a-company-that-nobody-can-remember.example' },
    subject: '',
    text: '',
    files: [],
    verdict: 'none',
    reason: 'unverified',
    ticket: null,
  },
];

/** Has the page find these mails in the quarantine, or none. */
export async function holdMails(page: Page, { empty = false } = {}): Promise<void> {
  const mails = HELD.map((mail, index) => ({
    ...mail,
    id: `held-${index}`,
    receivedAt: new Date(Date.now() - (index * 170 + 3) * 60_000).toISOString(),
  }));
  const answer: QuarantinePage = {
    mails: empty ? [] : mails,
    nextCursor: null,
    total: empty ? 0 : mails.length,
  };
  await page.route(/\/api\/quarantine/, (route) => route.fulfill({ json: answer }));
}
