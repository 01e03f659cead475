import { afterAll, beforeAll, expect, test } from 'vitest';
import { DemoProcess } from '../testing/demo-process.ts';
import { Visitors } from '../testing/visitors.ts';
import { SupportPage } from './support-page.ts';

const DAY = 86_400_000;

let demo: DemoProcess;
let visitors: Visitors;
beforeAll(async () => {
  demo = await DemoProcess.start();
  visitors = await Visitors.open(demo.url);
});
afterAll(async () => {
  await visitors?.close();
  await demo?.close();
});

test('after the window a client is told why not, and files a follow-up that links back', async () => {
  const clara = await visitors.visit('clara');
  const client = new SupportPage(clara.page);
  await client.loaded();
  const number = await client.fileTicket({ subject: 'It came back', description: 'The error of last week.' });

  const sofia = await visitors.visit('sofia');
  const admin = new SupportPage(sofia.page);
  await admin.loaded();
  await admin.openTicket('It came back');
  await admin.button('Close ticket').click();
  await admin.button('Reopen ticket').waitFor();

  // Within the window a reply reopens.
  await clara.page.reload();
  await client.reply('Not closed for me.');
  await expect.poll(() => client.button('Reopen ticket').count()).toBe(0);
  await sofia.page.reload();
  await admin.button('Close ticket').click();
  await admin.button('Reopen ticket').waitFor();

  const id = Number(number.replace(/\D/g, ''));
  await demo.changeRows('UPDATE tickets SET closed_at = ? WHERE id = ?', Date.now() - 8 * DAY, id);
  await clara.page.reload();
  await clara.page.getByText('can no longer be reopened').waitFor();
  expect(await client.button('Reopen ticket').count()).toBe(0);
  await client.button('Create a follow-up ticket').click();
  await client.box('Subject').waitFor();
  await clara.page.getByText(`Follow-up to ${number}`).first().waitFor();
  await client.box('Subject').fill('It came back again');
  await client.box('Description').fill('Same error.');
  await client.choice('Category').selectOption({ label: 'Technical' });
  await client.button('Submit').click();
  await clara.page.getByRole('heading', { name: 'It came back again' }).waitFor();
  await clara.page.getByText(`Continues ${number}`).first().waitFor();

  // An agent still reopens the old one.
  await sofia.page.reload();
  await admin.button('Reopen ticket').click();
  await admin.button('Close ticket').waitFor();
  for (const visit of [clara, sofia]) expect(visit.problems).toEqual([]);
});
