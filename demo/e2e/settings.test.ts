import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DemoProcess } from '../testing/demo-process.ts';
import { Visitors } from '../testing/visitors.ts';
import { SupportPage } from './support-page.ts';

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

async function openSettings(): Promise<{ view: SupportPage; problems: string[]; context: BrowserContext }> {
  const { page, problems, context } = await visitors.visit('sofia');
  const view = new SupportPage(page);
  await view.loaded();
  await view.button('Settings').click();
  await view.button('Save').waitFor();
  return { view, problems, context };
}

async function save(view: SupportPage): Promise<void> {
  await view.button('Save').click();
  await view.page.getByText('Settings saved.').first().waitFor();
}

test('saved values survive a restart, and invalid ones are refused at their field', async () => {
  const { view, problems, context } = await openSettings();
  const mail = view.page.getByLabel('Notification email', { exact: true });
  const days = view.page.getByLabel('Close resolved tickets after (days)', { exact: true });
  await mail.fill('nobody');
  await view.button('Save').click();
  await expect.poll(() => mail.getAttribute('aria-invalid')).toBe('true');
  await mail.fill('desk@acme-cloud.example');
  await days.fill('3');
  await save(view);

  expect(problems).toEqual([]);
  // A page that stays open would go on asking a server that is down.
  await context.close();

  await demo.restart();
  const again = await openSettings();
  const value = (name: string) => again.view.page.getByLabel(name, { exact: true }).inputValue();
  expect(await value('Notification email')).toBe('desk@acme-cloud.example');
  expect(await value('Close resolved tickets after (days)')).toBe('3');
  expect(again.problems).toEqual([]);
});

test('with a Support URL clients get a link to it in a new tab, in the page and in the sidebar', async () => {
  const { view, problems } = await openSettings();
  const url = view.page.getByLabel('Support URL', { exact: true });
  await url.fill('https://help.acme-cloud.example/');
  await save(view);
  const clara = await visitors.visit('clara');
  const links = [
    clara.page.locator('support-center').getByRole('link'),
    clara.page.locator('support-link').getByRole('link'),
  ];
  for (const link of links) {
    await expect.poll(() => link.first().getAttribute('href')).toBe('https://help.acme-cloud.example/');
    expect(await link.first().getAttribute('target')).toBe('_blank');
  }
  expect(await clara.page.getByRole('button', { name: 'Create Ticket' }).count()).toBe(0);
  await url.fill('');
  await save(view);
  await clara.page.reload();
  await new SupportPage(clara.page).loaded();
  expect(clara.problems).toEqual([]);
  expect(problems).toEqual([]);
});

test('switched off, clients see nothing of it while agents keep working', async () => {
  const { view, problems } = await openSettings();
  const enabled = view.page.getByLabel('Support center enabled', { exact: true });
  await enabled.uncheck();
  await save(view);
  const clara = await visitors.visit('clara');
  await expect.poll(() => clara.page.locator('support-link').isVisible()).toBe(false);
  await expect.poll(() => clara.page.locator('support-center').getByRole('button').count()).toBe(0);
  const priya = await visitors.visit('priya');
  await new SupportPage(priya.page).loaded();
  await enabled.check();
  await save(view);
  await clara.page.reload();
  await new SupportPage(clara.page).loaded();
  expect(problems).toEqual([]);
  expect(priya.problems).toEqual([]);
});
