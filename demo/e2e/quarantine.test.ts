import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileTicket } from '../../server/testing/tickets.ts';
import { CLIENT } from '../../server/testing/users.ts';
import { MailHost } from '../testing/mail-host.ts';
import { Visitors } from '../testing/visitors.ts';
import { SupportPage } from './support-page.ts';

let host: MailHost;
let visitors: Visitors;
beforeAll(async () => {
  host = await MailHost.start();
  visitors = await Visitors.open(`${host.origin}/`);
});
afterAll(async () => {
  await visitors?.close();
  await host?.close();
});

const FORGED = 'amazonses.com; spf=fail; dkim=fail; dmarc=fail header.from=example.com;';

test('an agent judges the mails in the quarantine by the keyboard, and the requester reads what was let in', async () => {
  const { number } = await fileTicket(host.room.test.as(CLIENT));
  const clara = await visitors.visit('clara', { url: host.pageOf('client', `#support/tickets/${number}`) });
  const client = new SupportPage(clara.page);
  await client.box('Reply').waitFor();
  const { page, context, problems } = await visitors.visit('priya', { url: host.pageOf('agent') });
  const agent = new SupportPage(page);
  await agent.loaded();

  // It appears in the list as the first mail comes.
  const about = `Re: [${number}] Printer on fire`;
  await host.room.receive({
    to: 'support@example.com',
    subject: about,
    text: 'It burns still.',
    verdict: null,
  });
  await agent.button('Quarantine 1').waitFor();
  const from = `${CLIENT.name} <${CLIENT.email}>`;
  await host.room.receive({
    from,
    to: 'support@example.com',
    subject: about,
    text: 'Pay me.',
    verdict: FORGED,
  });
  await agent.button('Quarantine 2').focus();
  await page.keyboard.press('Enter');
  const mails = page.getByRole('list', { name: 'Quarantined mails', exact: true }).getByRole('listitem');
  await mails.nth(1).waitFor();
  expect(new URL(page.url()).hash).toBe('#support/quarantine');
  expect(await mails.nth(0).innerText()).toContain('Sender check failed');

  // The forged one goes.
  await mails.nth(0).getByRole('button', { name: 'Drop' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('gone for good').waitFor();
  await dialog.getByRole('button', { name: 'Drop' }).click();
  await expect.poll(() => mails.count()).toBe(1);

  // The other one is a reply of hers, and the agent says so.
  await mails.nth(0).getByRole('button', { name: 'Add to ticket' }).click();
  await dialog
    .getByRole('combobox', { name: 'Add it as' })
    .selectOption({ label: `Reply of ${CLIENT.name}` });
  await dialog.getByText('Are you sure that it is from').waitFor();
  await dialog.getByRole('textbox', { name: 'Ticket number' }).press('Enter');
  await page.getByText(`The mail was added to ${number}.`).first().waitFor();
  await client.messages().getByText('It burns still.').waitFor();
  expect(await client.messages().getByText('Pay me.').count()).toBe(0);

  await page.getByText('No mail waits here.').waitFor();
  await page.keyboard.press('Escape');
  await agent.loaded();
  expect(await page.getByRole('button', { name: /^Quarantine/ }).count()).toBe(0);
  expect([...problems, ...clara.problems]).toEqual([]);
  await context.close();
  await clara.context.close();
});

test('an agent sees where a mail stands as the provider tells it, and of the client’s page nothing is asked', async () => {
  const { number } = await fileTicket(host.room.test.as(CLIENT));
  const hash = `#support/tickets/${number}`;
  const priya = await visitors.visit('priya', { url: host.pageOf('agent', hash) });
  const agent = new SupportPage(priya.page);
  await agent.box('Reply').waitFor();
  await agent.reply('Which printer is it?');
  const clara = await visitors.visit('clara', { url: host.pageOf('client', hash) });
  await new SupportPage(clara.page).messages().getByText('Which printer is it?').waitFor();
  await agent.messages().getByText('Mail queued').waitFor();

  const asked: string[] = [];
  clara.page.on('request', (request) => asked.push(request.url()));
  // She has read it: it is not mailed. The one before it is, and bounces.
  host.room.test.clock.advance(120_000);
  await host.room.tellOfLast('email.delivered');
  await agent.messages().getByText('Mail delivered').waitFor();
  const bounce = { type: 'Permanent', subType: 'NoEmail', message: 'No such user.' };
  await host.room.tellOfLast('email.bounced', { bounce });
  await agent.messages().getByText('NoEmail: No such user.').waitFor();
  await priya.page.getByText('Mail to this address bounces').first().waitFor();
  await agent.button('Send mail again').click();
  await agent.messages().getByText('Mail sent').waitFor();
  await expect.poll(() => priya.page.getByText('Mail to this address bounces').count()).toBe(0);
  await host.room.tellOfLast('email.delivered');
  await agent.messages().getByText('Mail delivered').waitFor();
  expect(asked).toEqual([]);
  expect(await clara.page.getByText(/Mail (queued|sent|delivered|bounced)/).count()).toBe(0);
  for (const visit of [priya, clara]) {
    expect(visit.problems).toEqual([]);
    await visit.context.close();
  }
});
