import { afterAll, beforeAll, expect, test } from 'vitest';
import { DemoProcess } from '../testing/demo-process.ts';
import { Visitors } from '../testing/visitors.ts';
import { SupportPage } from './support-page.ts';

let demo: DemoProcess;
let visitors: Visitors;
beforeAll(async () => {
  demo = await DemoProcess.start({ samples: true });
  visitors = await Visitors.open(demo.url);
});
afterAll(async () => {
  await visitors?.close();
  await demo?.close();
});

test('the switch changes who is signed in, and nothing of the one before stays', async () => {
  const { page, problems } = await visitors.visit('clara');
  const view = new SupportPage(page);
  await view.loaded();
  await view.row('Dashboard is blank after login').waitFor();
  await page.getByRole('combobox', { name: 'Signed in as' }).selectOption({ label: 'Jonas Lind (Nordpeak)' });
  await view.row('Charged twice for the Pro plan').waitFor();
  expect(await page.getByText('Dashboard is blank after login').count()).toBe(0);
  expect(problems).toEqual([]);
});

test('the mailbox shows captured mails, and what they link to opens the ticket', async () => {
  const { page, problems } = await visitors.visit('clara', { path: 'mailbox' });
  const mail = page.getByRole('list', { name: 'Mails' }).getByRole('button', { name: /Dashboard is blank/ });
  await mail.first().click();
  const link = page.frameLocator('#mail-html').getByRole('link').first();
  await link.waitFor();
  const opened = page.waitForEvent('popup');
  await link.click();
  await (await opened).getByRole('heading', { name: 'Dashboard is blank after login' }).waitFor();
  await page.getByRole('button', { name: 'Text', exact: true }).click();
  await page
    .getByText(/View your ticket|http:\/\/localhost/)
    .first()
    .waitFor();
  expect(problems).toEqual([]);
});

test('every page of the host holds to its own policy, and keeps the scheme that was chosen', async () => {
  const { page, problems } = await visitors.visit('clara', { path: '' });
  await page.getByRole('button', { name: 'Dark' }).click();
  for (const name of ['Sites', 'Billing', 'Overview', 'Mailbox']) {
    await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
    await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
    expect(await page.locator('html').getAttribute('data-scheme')).toBe('dark');
  }
  await page.locator('support-link').getByRole('link').click();
  await new SupportPage(page).loaded();
  expect(problems).toEqual([]);
});
