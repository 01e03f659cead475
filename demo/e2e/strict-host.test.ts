import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawLatencyChart } from '../draw-png.ts';
import { OtherHost } from '../testing/other-host.ts';
import { Visitors } from '../testing/visitors.ts';
import type { DemoPersonKey } from '../people.ts';
import { SupportPage } from './support-page.ts';

let host: OtherHost;
let visitors: Visitors;
beforeAll(async () => {
  host = await OtherHost.start();
  visitors = await Visitors.open(host.demo.url);
});
afterAll(async () => {
  await visitors?.close();
  await host?.close();
});

/**
 * All that a host must allow, word for word as in the README.
 *
 * @param own where `token-url` is; a host that hands over the token otherwise allows nothing for it
 */
const policy = (support: string, own = "'self' "): string =>
  [
    "default-src 'none'",
    `script-src ${support}`,
    "style-src 'self'",
    `connect-src ${own}${support}`,
    'img-src blob:',
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');

const REPORT = `
  window.violations = [];
  document.addEventListener('securitypolicyviolation', (event) => {
    window.violations.push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample);
  });`;

async function visit(person: DemoPersonKey, markup: string, own?: string) {
  const support = new URL(host.demo.url).origin;
  const url = host.serve(`/strict-${person}`, {
    body: `<!doctype html><html lang="en"><title>Strict</title>
      <script type="module" src="${support}/support-center.js"></script>
      <h1>Strict host</h1>${markup.replaceAll('$token', `/token/${person}`)}</html>`,
    headers: { 'content-security-policy': policy(support, own) },
  });
  const visit = await visitors.visit(person, { url, script: REPORT });
  return { ...visit, view: new SupportPage(visit.page) };
}

const violations = (page: Page) =>
  page.evaluate(() => (window as never as { violations: string[] }).violations);

test('a client sees every view under the strictest policy, from another origin, with no violation', async () => {
  const { page, view, problems, context } = await visit(
    'clara',
    '<support-link token-url="$token" href="#support"></support-link><support-center token-url="$token"></support-center>',
  );
  await view.loaded();
  await page.locator('support-link').getByRole('link').waitFor();
  await page.getByRole('searchbox').fill('nothing is called so');
  await page.getByText('No ticket matches.').waitFor();
  await view.button('Show all tickets').click();
  await view.fileTicket({
    subject: 'Under a strict policy',
    description: '# A title\n\nSome *words*, `code` and https://example.com/.',
    file: { name: 'screen.png', mimeType: 'image/png', buffer: Buffer.from(drawLatencyChart()) },
  });
  await view.reply('One more thing.');
  await view
    .button(/screen\.png/)
    .first()
    .click();
  await page.getByRole('dialog').getByRole('img').waitFor();
  await page.keyboard.press('Escape');
  await view.backToList();
  expect(await violations(page)).toEqual([]);
  expect(problems).toEqual([]);
  await context.close();
});

test('an admin does', async () => {
  const { page, view, problems, context } = await visit(
    'sofia',
    '<support-center token-url="$token"></support-center>',
  );
  await view.loaded();
  await view.rows().first().getByRole('button').first().click();
  await view.choice('Status').selectOption({ label: 'In Progress' });
  await view.button('Delete ticket').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await view.backToList();
  await view.button('Settings').click();
  await page.getByRole('textbox', { name: 'Notification email' }).fill('desk@acme-cloud.example');
  await view.button('Save').click();
  await page.getByText(/saved/i).first().waitFor();
  expect(await violations(page)).toEqual([]);
  expect(problems).toEqual([]);
  await context.close();
});

test('every other view and state does: agents’ quarantine and notes, errors, elsewhere, off, dark, other languages', async () => {
  const token = await (await fetch(`${host.origin}/token/sofia`)).text();
  const { page, view, problems, context } = await visit(
    'sofia',
    `<support-center token="${token}" routing="hash"></support-center>`,
    '',
  );
  const center = page.locator('support-center');
  const say = (name: string, value: string | null) =>
    center.evaluate(
      (element, [key, text]) =>
        text === null ? element.removeAttribute(key!) : element.setAttribute(key!, text!),
      [name, value],
    );
  const go = (hash: string) => page.evaluate((to) => void (location.hash = to), hash);
  await view.loaded();
  await go('#support/quarantine');
  await page.getByRole('heading', { name: 'Quarantine' }).waitFor();
  await go('#support/new');
  await view.button('Submit').click();
  await expect.poll(() => view.box('Subject').getAttribute('aria-invalid')).toBe('true');
  await go('#support');
  await view.row('Checkout webhooks').getByRole('link').first().click();
  await page.getByRole('checkbox', { name: 'Internal note' }).check();
  await page.getByRole('textbox', { name: 'Reply' }).fill('Among ourselves.');
  await view.button('Add note').click();
  await view.messages().getByText('Among ourselves.').waitFor();
  await go('#support/tickets/SUP-999999');
  await page.getByRole('alert').first().waitFor();
  await go('#support');
  await view.loaded();
  await say('theme', 'dark');
  await say('locale', 'ar');
  await page.getByRole('heading', { name: 'الدعم' }).first().waitFor();
  await say('locale', null);
  await say('support-url', 'https://help.example/');
  await page.getByRole('link', { name: /Open the help center/ }).waitFor();
  await say('support-url', null);
  await view.loaded();
  await say('disabled', '');
  await say('disabled', null);
  await view.loaded();
  await say('layout', 'launcher');
  await page.getByRole('button', { name: /^Open support/ }).click();
  await page.getByRole('dialog', { name: 'Support' }).waitFor();
  await view.loaded();
  await center.evaluate((element: HTMLElementTagNameMap['support-center']) => element.logout());
  await page.getByText('You are signed out of support.').waitFor();
  expect(await violations(page)).toEqual([]);
  // The ticket that is not there was asked for.
  expect(problems.filter((problem) => !problem.includes('404'))).toEqual([]);
  await context.close();
});

test('a launcher is a button that costs next to nothing, then the whole element in a panel', async () => {
  const { page, view, problems, context } = await visit(
    'jonas',
    '<support-center layout="launcher" token-url="$token"></support-center>',
  );
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const button = page.getByRole('button', { name: /^Open support/ });
  await button.waitFor();
  expect(await page.evaluate(() => customElements.get('support-center') === undefined)).toBe(true);
  await page.getByRole('button', { name: /^Open support \(\d+\)$/ }).waitFor();
  expect(asked.filter((url) => url.includes('/chunks/')).length).toBeLessThanOrEqual(1);
  await page.evaluate(() => {
    const opened = new Promise((resolve) =>
      document.addEventListener('support-open', resolve, { once: true }),
    );
    Object.assign(window, { opened });
  });
  await button.click();
  await page.evaluate(() => (window as never as { opened: Promise<unknown> }).opened);
  const panel = page.getByRole('dialog', { name: 'Support' });
  await panel.waitFor();
  await view.loaded();
  // The stand-in is gone: one button in its place.
  await page.waitForFunction(
    () => !document.querySelector('support-center')?.shadowRoot?.querySelector('[exportparts=launcher]'),
  );
  await view.openForm();
  await page.keyboard.press('Escape');
  await view.loaded();
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'hidden' });
  expect(await violations(page)).toEqual([]);
  expect(problems).toEqual([]);
  await context.close();
});

test('a page may call a launcher before it is there, and set what it is about', async () => {
  const { page, context } = await visit(
    'clara',
    '<support-center layout="launcher" token-url="$token"></support-center>',
  );
  await page.getByRole('button', { name: /^Open support/ }).waitFor();
  await page.evaluate(() => {
    document.querySelector('support-center')!.newTicket({ subject: 'From the page' });
  });
  await expect
    .poll(() => page.locator('body').ariaSnapshot(), { timeout: 10_000 })
    .toContain('textbox "Subject": From the page');
  await context.close();
});

test('the classic script makes the element from its data attributes, without modules', async () => {
  const support = new URL(host.demo.url).origin;
  const url = host.serve('/classic', {
    body: `<!doctype html><html lang="en"><title>Classic</title><main></main>
      <script src="${support}/support-center.global.js" data-token-url="/token/clara" data-target="main" data-locale="de"></script></html>`,
    headers: { 'content-security-policy': policy(support) },
  });
  const { page, problems, context } = await visitors.visit('clara', { url, script: REPORT });
  await page.locator('main support-center').getByRole('button', { name: 'Ticket erstellen' }).waitFor();
  await page.getByRole('list', { name: 'Tickets' }).getByRole('listitem').first().waitFor();
  expect(await violations(page)).toEqual([]);
  expect(problems).toEqual([]);
  await context.close();
});
