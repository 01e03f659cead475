import { readFile } from 'node:fs/promises';
import type { CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OtherHost } from '../testing/other-host.ts';
import { Visitors } from '../testing/visitors.ts';
import { SupportPage } from './support-page.ts';

let host: OtherHost;
let visitors: Visitors;
let support: string;
beforeAll(async () => {
  host = await OtherHost.start();
  support = new URL(host.demo.url).origin;
  visitors = await Visitors.open(host.demo.url);
  const turbo = new URL('../../node_modules/@hotwired/turbo/dist/turbo.es2017-esm.js', import.meta.url);
  host.serve('/turbo.js', { type: 'text/javascript', body: await readFile(turbo, 'utf8') });
});
afterAll(async () => {
  await visitors?.close();
  await host?.close();
});

const ELEMENT = '<support-center token-url="/token/clara"></support-center>';
const SCRIPT = (): string => `<script type="module" src="${support}/support-center.js"></script>`;

function serve(path: string, body: string, head = ''): string {
  return host.serve(path, {
    body: `<!doctype html><html lang="en"><head><title>${path}</title>${SCRIPT()}${head}</head><body>
      <nav><a href="/one">One</a> <a href="/two">Two</a></nav>${body}</body></html>`,
  });
}

/** What was asked of our server and of the host's tokens. */
function follow(page: Page): (part: RegExp) => string[] {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  return (part) => asked.filter((url) => part.test(url));
}

/** Listeners at what outlives the element. */
async function listeners(cdp: CDPSession): Promise<string> {
  const { result } = await cdp.send('Runtime.evaluate', {
    expression: `[window, document].map((one) => Object.values(getEventListeners(one)).flat().length).join()`,
    includeCommandLineAPI: true,
  });
  return result.value as string;
}

test('moved it goes on; taken out it leaves nothing behind; put back it is where it was', async () => {
  const url = serve('/moves', `<main>${ELEMENT}</main><aside></aside>`);
  const { page, problems, context } = await visitors.visit('clara', {
    url,
    prepare: (page) => page.clock.install(),
  });
  const asked = follow(page);
  const cdp = await context.newCDPSession(page);
  const view = new SupportPage(page);
  await view.openTicket('Dashboard is blank after login');
  await view.box('Reply').fill('Half an answer');
  await expect.poll(() => asked(/events/).length).toBe(1);
  // The list may be asked for once more meanwhile, for its unread mark; whoever starts over asks for these.
  const STARTS = /token|events|messages/;
  const before = asked(STARTS).length;
  // Within one turn, as frameworks move things, and in the frame of a transition.
  await page.evaluate(async () => {
    const element = document.querySelector('support-center')!;
    document.querySelector('aside')!.append(element);
    await new Promise((resolve) => setTimeout(resolve));
    await document.startViewTransition(() => document.querySelector('main')!.append(element)).finished;
  });
  expect(await view.box('Reply').inputValue()).toBe('Half an answer');
  await view.box('Reply').press('End');
  await page.keyboard.type(', and more');
  expect(asked(STARTS).slice(before)).toEqual([]);

  await page.evaluate(() => {
    const element = document.querySelector('support-center')!;
    Object.assign(window, { element });
    element.remove();
  });
  await page.clock.runFor(1_000);
  const gone = asked(/api|token/).length;
  const quiet = await listeners(cdp);
  await page.clock.fastForward(20 * 60_000);
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  expect(asked(/api|token/).length).toBe(gone);
  for (let times = 0; times < 3; times++) {
    await page.evaluate(() =>
      document.querySelector('main')!.append((window as never as { element: Element }).element),
    );
    await page.getByRole('heading', { name: 'Dashboard is blank after login' }).waitFor();
    expect(await view.box('Reply').inputValue()).toBe('Half an answer, and more');
    await page.evaluate(() => (window as never as { element: Element }).element.remove());
    await page.clock.runFor(1_000);
  }
  expect(await listeners(cdp)).toBe(quiet);
  expect(problems).toEqual([]);
  await context.close();
});

test('Turbo swaps the page around it: with a body of its own, from its cache, and with one that is permanent', async () => {
  const turbo = '<script type="module" src="/turbo.js"></script>';
  serve('/one', `<h1>One</h1>${ELEMENT}`, turbo);
  serve('/two', '<h1>Two</h1>', turbo);
  const { page, problems, context } = await visitors.visit('clara', { url: `${host.origin}/one` });
  const view = new SupportPage(page);
  const go = async (name: string): Promise<void> => {
    await page.getByRole('link', { name, exact: true }).click();
    await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
  };
  await view.openTicket('Dashboard is blank after login');
  await view.box('Reply').fill('Before the other page');
  await go('Two');
  expect(await page.evaluate(() => document.querySelectorAll('support-center').length)).toBe(0);
  // From the cache, a clone without a shadow root is put back.
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: 'One' }).waitFor();
  await view.openTicket('Dashboard is blank after login');
  expect(await view.box('Reply').inputValue()).toBe('Before the other page');
  await go('Two');
  // A preview from the cache first, then what the host answers.
  await go('One');
  await view.row('Dashboard is blank').waitFor();
  expect(await page.evaluate(() => document.querySelectorAll('support-center').length)).toBe(1);

  const permanent = '<div id="help" data-turbo-permanent>' + ELEMENT + '</div>';
  serve('/one', `<h1>One</h1>${permanent}`, turbo);
  serve('/two', `<h1>Two</h1>${permanent}`, turbo);
  await page.reload();
  await view.openForm();
  await view.box('Subject').fill('Typed before');
  // Turbo takes it out for a frame or more: that is a life of its own, which begins where the last one ended.
  await go('Two');
  expect(await view.box('Subject').inputValue()).toBe('Typed before');
  await go('One');
  expect(await view.box('Subject').inputValue()).toBe('Typed before');
  expect(problems).toEqual([]);
  await context.close();
});

test('pages that change in a view transition keep it whole', async () => {
  const transition = '<style>@view-transition { navigation: auto }</style>';
  serve('/one', `<h1>One</h1>${ELEMENT}`, transition);
  serve(
    '/two',
    `<h1>Two</h1><support-center token-url="/token/clara" view="new"></support-center>`,
    transition,
  );
  const { page, problems, context } = await visitors.visit('clara', { url: `${host.origin}/one` });
  const view = new SupportPage(page);
  await view.loaded();
  await page.getByRole('link', { name: 'Two' }).click();
  await view.box('Subject').fill('In the other page');
  await page.goBack();
  await view.loaded();
  expect(problems).toEqual([]);
  await context.close();
});

test('several elements are one session: one token, one stream, one end', async () => {
  const url = serve(
    '/several',
    `${ELEMENT}<support-center token-url="/token/clara" view="new"></support-center>
      <support-center token-url="/token/clara" layout="launcher"></support-center>
      <support-link token-url="/token/clara" href="/one"></support-link>`,
  );
  const tokens: string[] = [];
  const { page, problems, context } = await visitors.visit('clara', {
    url,
    prepare: async (page) => void page.on('request', (request) => tokens.push(request.url())),
  });
  const view = new SupportPage(page);
  await view.row('Dashboard is blank').waitFor();
  await view.box('Subject').waitFor();
  await page.locator('support-link').getByRole('link').waitFor();
  const asked = (part: string): number => tokens.filter((address) => address.includes(part)).length;
  await expect.poll(() => asked('/api/events')).toBe(1);
  expect(asked('/token/')).toBe(1);
  // What one of them does, the others show.
  await view.box('Subject').fill('From the second element');
  await view.box('Description').fill('All of it.');
  await view.button('Submit').click();
  await view.row('From the second element').first().waitFor();
  await page.evaluate(() => document.querySelector('support-center')!.logout());
  const signedOut = page.getByText('You are signed out of support.').filter({ visible: true });
  await expect.poll(() => signedOut.count()).toBe(2);
  await page.getByRole('button', { name: /^Open support/ }).click();
  await expect.poll(() => signedOut.count()).toBe(3);
  await page.keyboard.press('Escape');
  await page.evaluate(() => document.querySelector('support-center')!.refresh());
  await view.row('From the second element').first().waitFor();
  await expect.poll(() => signedOut.count()).toBe(0);
  expect(asked('/token/')).toBe(2);
  expect(problems).toEqual([]);
  await context.close();
});

test('deep links of mails lead into the view, and the way back out of it', async () => {
  const url = serve('/deep', '<support-center token-url="/token/clara" routing="hash"></support-center>');
  const { page, problems, context } = await visitors.visit('clara', { url });
  const view = new SupportPage(page);
  await view.openTicket('Dashboard is blank after login');
  const link = page.url();
  expect(link).toMatch(/#support\/tickets\/SUP-\d+$/);
  await page.goBack();
  await view.loaded();
  await page.goForward();
  await page.getByRole('heading', { name: 'Dashboard is blank after login' }).waitFor();
  // In a page of its own, as from a mail; also where there is only a launcher, which opens for it.
  serve(
    '/deep',
    '<support-center token-url="/token/clara" routing="hash" layout="launcher"></support-center>',
  );
  const other = await context.newPage();
  await other.goto(link);
  await other.getByRole('heading', { name: 'Dashboard is blank after login' }).waitFor();
  await other.getByRole('button', { name: 'Close support' }).click();
  await other.getByRole('heading', { name: 'Dashboard is blank after login' }).waitFor({ state: 'hidden' });
  // And for a link of the page's own.
  await other.evaluate(() => (location.hash = '#support/new'));
  await other.getByRole('heading', { name: 'New ticket' }).waitFor();
  // Also before it has ever been opened.
  await other.goto('about:blank');
  await other.goto(link.replace(/#.*/, ''));
  await other.getByRole('button', { name: /^Open support/ }).waitFor();
  expect(await other.evaluate(() => customElements.get('support-center') !== undefined)).toBe(false);
  await other.evaluate(() => (location.hash = '#support/new'));
  await other.getByRole('heading', { name: 'New ticket' }).waitFor();
  expect(problems).toEqual([]);
  await context.close();
});
