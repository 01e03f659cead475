import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DemoProcess } from '../testing/demo-process.ts';
import { Visitors } from '../testing/visitors.ts';
import { SupportPage } from './support-page.ts';

/** Everything by the keyboard alone: nothing here is clicked, filled or focused by the test. */
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

/** What has the focus, as `button "Open 3"`; the tree's own words for role and name. */
async function focused(page: Page): Promise<string> {
  return await page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    if (!active) return '';
    const { labels } = active as HTMLInputElement;
    const name =
      active.getAttribute('aria-label') ??
      (labels?.length ? labels[0]!.textContent : active.textContent) ??
      '';
    return `${active.localName} "${name.replace(/\s+/g, ' ').trim()}"`;
  });
}

/** Presses Tab until this has the focus. */
async function tabTo(page: Page, wanted: string | RegExp, key = 'Tab'): Promise<void> {
  const seen: string[] = [];
  for (let presses = 0; presses < 60; presses++) {
    const now = await focused(page);
    if (typeof wanted === 'string' ? now === wanted : wanted.test(now)) return;
    seen.push(now);
    await page.keyboard.press(key);
  }
  throw new Error(`${String(wanted)} never had the focus, but:\n${seen.join('\n')}`);
}

/** The stops of the Tab key from here on, until and with the last. */
async function stops(page: Page, last: string | RegExp): Promise<string[]> {
  const found: string[] = [];
  for (let presses = 0; presses < 60; presses++) {
    const now = await focused(page);
    found.push(now);
    if (typeof last === 'string' ? now === last : last.test(now)) return found;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${String(last)} is not among:\n${found.join('\n')}`);
}

test('a client goes through the list in the order it is read, opens a ticket, answers and comes back', async () => {
  const { page, context, problems } = await visitors.visit('clara');
  const view = new SupportPage(page);
  await view.row('Dashboard is blank after login').waitFor();
  await tabTo(page, 'button "Create Ticket"');
  const order = await stops(page, /Custom domain/);
  expect(order.map((stop) => stop.replace(/ \d+"/, ' n"'))).toEqual([
    'button "Create Ticket"',
    'button "Open n"',
    'button "In Progress n"',
    'button "Waiting User n"',
    'button "Resolved n"',
    'button "Closed n"',
    'input "Search tickets"',
    'select "Priority"',
    'select "Category"',
    'select "Sort"',
    'a "Custom domain shows a certificate warning"',
  ]);

  await page.keyboard.press('ArrowDown');
  expect(await focused(page)).toBe('a "Dashboard is blank after login"');
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toBe('h2 "Dashboard is blank after login"');

  await tabTo(page, 'textarea "Reply"');
  await page.keyboard.type('It is there again.');
  await page.keyboard.press('Control+Enter');
  await view.messages().getByText('It is there again.').waitFor();
  await expect.poll(() => focused(page)).toBe('textarea "Reply"');
  await page.getByRole('status').getByText('Your reply was sent.').waitFor({ state: 'attached' });

  await page.keyboard.press('Escape');
  await expect.poll(() => focused(page)).toBe('a "Dashboard is blank after login"');
  expect(problems).toEqual([]);
  await context.close();
});

test('a client files a ticket, led to what is missing, and Escape gives the focus back', async () => {
  const { page, context, problems } = await visitors.visit('clara');
  const view = new SupportPage(page);
  await view.loaded();
  await tabTo(page, 'button "Create Ticket"');
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toMatch(/^(h2|input)/);
  await page.keyboard.press('Escape');
  await expect.poll(() => focused(page)).toBe('button "Create Ticket"');
  await page.keyboard.press('Enter');
  await view.box('Subject').waitFor();
  await tabTo(page, 'input "Subject"');
  expect(await stops(page, 'button "Submit"')).toEqual([
    'input "Subject"',
    'select "Category"',
    'select "Priority"',
    'select "Related app"',
    'textarea "Description"',
    'input "Attachments"',
    'button "Cancel"',
    'button "Submit"',
  ]);
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toBe('input "Subject"');
  expect(await view.box('Subject').getAttribute('aria-invalid')).toBe('true');
  await page.keyboard.type('Typed, never clicked');
  await tabTo(page, 'select "Category"');
  await page.keyboard.press('t');
  await tabTo(page, 'textarea "Description"');
  await page.keyboard.type('All of it.');
  await tabTo(page, 'button "Submit"');
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toBe('h2 "Typed, never clicked"');
  expect(problems).toEqual([]);
  await context.close();
});

test('an admin deletes a ticket: the dialog keeps the focus, and gives it back when it is cancelled', async () => {
  const { page, context, problems } = await visitors.visit('sofia');
  const view = new SupportPage(page);
  await view.row('Charged twice').waitFor();
  await tabTo(page, /^a "Charged twice/);
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toMatch(/^h2 "Charged twice/);
  await tabTo(page, 'button "Delete ticket"');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('alertdialog').or(page.getByRole('dialog'));
  await dialog.waitFor();
  await expect.poll(() => focused(page)).toBe('button "Cancel"');
  // Around, and never out of it into the page.
  const around = new Set<string>();
  for (let presses = 0; presses < 8; presses++) {
    around.add(await focused(page));
    await page.keyboard.press('Tab');
  }
  expect([...around].filter((stop) => !/"(Cancel|Delete|Close)"|^body/.test(stop))).toEqual([]);
  await page.keyboard.press('Escape');
  await expect.poll(() => focused(page)).toBe('button "Delete ticket"');

  await page.keyboard.press('Enter');
  await dialog.waitFor();
  await tabTo(page, 'button "Delete"');
  await page.keyboard.press('Enter');
  await view.loaded();
  await expect.poll(() => view.row('Charged twice').count()).toBe(0);
  // What was under way about the ticket finds it gone.
  expect(problems.filter((problem) => !/ 404 .*\/api\/tickets\/SUP-/.test(problem))).toEqual([]);
  await context.close();
});

test('an agent writes a note, sets what a reply leaves behind, and changes a priority', async () => {
  const { page, context, problems } = await visitors.visit('priya');
  const view = new SupportPage(page);
  await view.row('Checkout webhooks').waitFor();
  await tabTo(page, /^a "Checkout webhooks/);
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toMatch(/^h2 "Checkout/);
  await tabTo(page, 'select "Priority"');
  await page.keyboard.press('l');
  await expect.poll(() => view.choice('Priority').inputValue()).toBe('low');
  await tabTo(page, 'input "Internal note"');
  await page.keyboard.press('Space');
  await tabTo(page, 'textarea "Reply"', 'Shift+Tab');
  await page.keyboard.type('Nobody else reads this.');
  await tabTo(page, 'button "Add note"');
  await page.keyboard.press('Enter');
  await view.messages().getByText('Nobody else reads this.').waitFor();
  expect(problems).toEqual([]);
  await context.close();
});

test('an agent walks a ticket in its order, looks at a picture, closes the ticket and opens it again', async () => {
  const { page, context, problems } = await visitors.visit('priya');
  const view = new SupportPage(page);
  await view.row('Dashboard is blank').waitFor();
  await tabTo(page, /^a "Dashboard is blank/);
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toMatch(/^h2 "Dashboard/);
  await view.choice('Assignee').waitFor();
  await view.button('Show blank-dashboard.png').waitFor();
  await tabTo(page, 'button "Back to tickets"', 'Shift+Tab');
  expect(await stops(page, 'button "Send reply"')).toEqual([
    'button "Back to tickets"',
    'select "Assignee"',
    'select "Status"',
    'select "Priority"',
    'select "Category"',
    'button "Close ticket"',
    'pre "GET /metrics/summary 504 (Gateway Timeout)"',
    'button "Copy code"',
    'button "Show blank-dashboard.png"',
    'textarea "Reply"',
    'input "Attachments"',
    'input "Internal note"',
    'select "After sending"',
    'button "Send reply"',
  ]);

  await tabTo(page, 'button "Show blank-dashboard.png"', 'Shift+Tab');
  await page.keyboard.press('Enter');
  const picture = page.getByRole('dialog');
  await picture.waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => picture.count()).toBe(0);
  await expect.poll(() => focused(page)).toBe('button "Show blank-dashboard.png"');

  await tabTo(page, 'button "Close ticket"', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toBe('button "Reopen ticket"');
  await page.getByRole('status').getByText('The ticket is closed.').first().waitFor({ state: 'attached' });
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toBe('button "Close ticket"');
  expect(problems).toEqual([]);
  await context.close();
});

test('an admin changes the settings in the order they are read, and comes back to where that began', async () => {
  const { page, context, problems } = await visitors.visit('sofia');
  await new SupportPage(page).loaded();
  await tabTo(page, 'button "Settings"');
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toBe('h2 "Settings"');
  await page.getByLabel('Close resolved tickets after (days)').waitFor();
  const order = await stops(page, 'button "Save"');
  const known = [
    'input "Support center enabled"',
    'input "Support URL"',
    'input "Notification email"',
    'input "Close resolved tickets after (days)"',
    'select "Default assignment"',
    'button "Save"',
  ];
  expect(order.filter((stop) => known.includes(stop))).toEqual(known);
  await tabTo(page, 'input "Close resolved tickets after (days)"', 'Shift+Tab');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('9');
  await page.keyboard.press('Enter');
  await page.getByRole('status').getByText('Settings saved').first().waitFor({ state: 'attached' });
  await tabTo(page, 'button "Back to tickets"', 'Shift+Tab');
  await page.keyboard.press('Escape');
  await expect.poll(() => focused(page)).toBe('button "Settings"');
  expect(problems).toEqual([]);
  await context.close();
});

test('on a phone a client opens the filters, finds nothing, and takes them back', async () => {
  const { page, context, problems } = await visitors.visit('clara', { width: 360, height: 740 });
  await new SupportPage(page).loaded();
  await tabTo(page, 'input "Search tickets"');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('select "Priority"');
  await page.keyboard.press('u');
  await tabTo(page, 'input "Search tickets"', 'Shift+Tab');
  await page.keyboard.type('zeppelin');
  await page.getByText('No ticket matches.').waitFor();
  await tabTo(page, 'button "Clear filters"');
  await page.keyboard.press('Enter');
  await page.getByRole('list', { name: 'Tickets', exact: true }).getByRole('listitem').first().waitFor();
  // Not lost with the button: where the search goes on.
  expect(await focused(page)).toBe('input "Search tickets"');
  expect(problems).toEqual([]);
  await context.close();
});
