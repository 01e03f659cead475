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

const search = (view: SupportPage) => view.page.getByRole('searchbox', { name: 'Search tickets' });

test('a badge filters the list, a second press clears it, and a new ticket is counted at once', async () => {
  const { page, problems } = await visitors.visit('clara');
  const view = new SupportPage(page);
  await view.loaded();
  const open = await view.badgeCount('Open');
  expect(open).toBeGreaterThan(0);
  const all = await view.rows().count();

  await view.badge('Open').click();
  expect(await view.badge('Open').getAttribute('aria-pressed')).toBe('true');
  await expect.poll(() => view.rows().count()).toBe(open);
  for (const text of await view.rows().allInnerTexts()) expect(text).toContain('Open');
  await view.badge('Open').click();
  expect(await view.badge('Open').getAttribute('aria-pressed')).toBe('false');
  await expect.poll(() => view.rows().count()).toBe(all);

  await view.fileTicket({ subject: 'One more question', description: 'How do I export my data?' });
  await view.backToList();
  await expect.poll(() => view.badgeCount('Open')).toBe(open + 1);
  expect(await view.rows().first().innerText()).toContain('One more question');
  expect(problems).toEqual([]);
});

test('search and filters narrow list and counts together, and are cleared at once', async () => {
  const { page, problems } = await visitors.visit('priya');
  const view = new SupportPage(page);
  await view.loaded();
  const openBefore = await view.badgeCount('Open');

  await search(view).fill('invoice');
  await expect.poll(() => view.rows().count()).toBe(3);
  for (const text of await view.rows().allInnerTexts()) expect(text.toLowerCase()).toContain('invoice');
  await expect.poll(() => view.badgeCount('Open')).toBe(1);
  await view.choice('Priority').selectOption({ label: 'Normal' });
  await expect.poll(() => view.rows().count()).toBe(3);
  await view.choice('Category').selectOption({ label: 'Technical' });
  await page.getByText('No ticket matches.').waitFor();
  await view.button('Clear filters').first().click();
  await expect.poll(() => view.badgeCount('Open')).toBe(openBefore);
  expect(await search(view).inputValue()).toBe('');

  await search(view).fill('sup-1003');
  await expect.poll(() => view.rows().count()).toBe(1);
  expect(await view.rows().innerText()).toContain('SUP-1003');
  expect(problems).toEqual([]);
});

test('a list of more than a page loads more, without a ticket twice', async () => {
  const { page, problems } = await visitors.visit('sofia');
  const view = new SupportPage(page);
  await view.loaded();
  await expect.poll(() => view.rows().count()).toBe(25);
  await view.button('Load more').click();
  await expect.poll(() => view.rows().count()).toBeGreaterThan(25);
  const numbers = (await view.rows().allInnerTexts()).map((text) => /SUP-\d+/.exec(text)![0]);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(await view.button('Load more').count()).toBe(0);
  expect(problems).toEqual([]);
});

test('clients see their own tickets only, and nothing that belongs to agents', async () => {
  const { page, problems } = await visitors.visit('jonas');
  const view = new SupportPage(page);
  await view.loaded();
  const texts = (await view.rows().allInnerTexts()).join('\n');
  expect(texts).toContain('Charged twice for the Pro plan');
  expect(texts).not.toContain('Dashboard is blank after login');
  expect(await view.choice('Assignee').count()).toBe(0);
  expect(await view.button('Settings').count()).toBe(0);
  await view.openTicket('Checkout webhooks arrive up to 20 minutes late');
  await view.messages().getByText('Our warehouse ships too late').waitFor();
  expect(await page.getByText('Queue depth').count()).toBe(0);
  expect(problems).toEqual([]);
});
