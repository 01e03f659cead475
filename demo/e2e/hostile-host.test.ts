import { readdir, readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OtherHost } from '../testing/other-host.ts';
import { Visitors } from '../testing/visitors.ts';
import { SupportPage } from './support-page.ts';

/** Hosts that say something about everything in their pages: the element stays whole, and they do too. */
let host: OtherHost;
let visitors: Visitors;
let support: string;
let reference: unknown;
beforeAll(async () => {
  host = await OtherHost.start();
  support = new URL(host.demo.url).origin;
  visitors = await Visitors.open(host.demo.url);
  const { page, view, context } = await visit('clean', {});
  await view.row('Dashboard is blank').waitFor();
  reference = await look(page);
  await context.close();
});
afterAll(async () => {
  await visitors?.close();
  await host?.close();
});

interface Hostility {
  doctype?: string;
  html?: string;
  head?: string;
  css?: string;
  /** Around the element. */
  around?: [string, string];
  element?: string;
  /** Runs before anything of the page. */
  script?: string;
}

async function visit(name: string, { around = ['', ''], ...it }: Hostility) {
  const url = host.serve(`/${name}`, {
    body: `${it.doctype ?? '<!doctype html>'}<html lang="en" ${it.html ?? ''}><head><title>Host</title>${it.head ?? ''}
      <style>${it.css ?? ''}</style></head><body>${around[0]}
      <support-center token-url="${host.origin}/token/clara" ${it.element ?? ''}></support-center>${around[1]}
      <script type="module" src="${support}/support-center.js"></script></body></html>`,
  });
  const visit = await visitors.visit('clara', { url, script: it.script });
  return { ...visit, view: new SupportPage(visit.page) };
}

/** What everything looks like, but for its place and the font, which are the host's. */
async function look(page: Page) {
  // The last that comes to the list.
  await page.getByRole('combobox', { name: 'Sort' }).waitFor();
  return await page.evaluate(() => {
    const looks: Record<string, Record<string, string>> = {};
    const visit = (root: ParentNode): void => {
      for (const element of root.querySelectorAll<HTMLElement>('*')) {
        const name = element.part[0];
        // How urgent the first ticket is, and how many there are, is another thing each time.
        if (name && name !== 'priority' && !looks[name] && element.checkVisibility()) {
          const style = getComputedStyle(element);
          const { color, backgroundColor, fontSize, fontWeight, fontStyle, lineHeight, opacity } = style;
          const { textTransform, whiteSpace, textIndent, display, cursor, userSelect, paddingTop } = style;
          looks[name] = { color, backgroundColor, fontSize, fontWeight, fontStyle, lineHeight, opacity };
          Object.assign(looks[name], { textTransform, whiteSpace, textIndent, display, cursor, userSelect });
          const height = /^(button|input|a)$/.test(element.localName) ? `${element.offsetHeight}` : '';
          Object.assign(looks[name], { paddingTop, height });
        }
        if (element.shadowRoot) visit(element.shadowRoot);
      }
    };
    visit(document.querySelector('support-center')!.shadowRoot!);
    return looks;
  });
}

/** List, form, ticket, reply, and the launcher over all of the window; typed as a person types. */
async function walk(page: Page, view: SupportPage, subject: string): Promise<void> {
  await view.openForm();
  await view.box('Subject').click();
  await page.keyboard.type(subject);
  expect(await view.box('Subject').inputValue()).toBe(subject);
  await view.choice('Category').selectOption({ label: 'Technical' });
  await view.box('Description').fill('All of it.');
  await view.attach({ name: 'log.txt', mimeType: 'text/plain', buffer: Buffer.from('a line') });
  await view.button('Submit').click();
  await page.getByRole('heading', { name: subject }).waitFor();
  await view.box('Reply').click();
  await page.keyboard.type('jk/? cgx');
  await view.button('Send reply').click();
  await view.messages().getByText('jk/? cgx').waitFor();
  await view.backToList();
  await view.row(subject).waitFor();
}

async function walkLauncher(page: Page, view: SupportPage, side: 'left' | 'right'): Promise<void> {
  await page.evaluate(() => document.querySelector('support-center')!.setAttribute('layout', 'launcher'));
  const button = page.getByRole('button', { name: /^Open support/ });
  await button.waitFor();
  const box = (await button.boundingBox())!;
  const { width, height } = page.viewportSize()!;
  expect(box.y + box.height).toBeGreaterThan(height - 60);
  expect(side === 'left' ? box.x : width - box.x - box.width).toBeLessThan(60);
  await button.click();
  const panel = page.getByRole('dialog', { name: 'Support' });
  await panel.waitFor();
  await view.loaded();
  expect((await panel.boundingBox())!).toMatchObject({ x: 0, y: 0, width, height });
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'hidden' });
}

test('style sheets that unset everything, in a page of quirks', async () => {
  const { page, view, problems, context } = await visit('unset', {
    doctype: '',
    css: '* { all: unset !important } html { user-select: none }',
  });
  await view.row('Dashboard is blank').waitFor();
  expect(await page.evaluate(() => document.compatMode)).toBe('BackCompat');
  expect(await look(page)).toEqual(reference);
  await walk(page, view, 'In a page of quirks');
  await walkLauncher(page, view, 'right');
  expect(problems).toEqual([]);
  await context.close();
});

test('style sheets that shout', async () => {
  const { page, view, problems, context } = await visit('loud', {
    css: `* { color: red !important; background: yellow !important; display: block !important; padding: 9px !important;
        font: italic 8px/3 monospace !important; text-transform: uppercase !important; text-indent: 40px !important;
        white-space: pre !important; cursor: wait !important; box-sizing: content-box !important; z-index: 9 !important;
        position: relative !important; user-select: none !important; text-align: right !important }
      html { font-size: 8px } button { all: unset } input, select, textarea { display: none !important }
      svg, ul, h2 { display: none !important }`,
  });
  await view.row('Dashboard is blank').waitFor();
  expect(await look(page)).toEqual(reference);
  await walk(page, view, 'In a page that shouts');
  await walkLauncher(page, view, 'right');
  expect(problems).toEqual([]);
  await context.close();
});

test('a page from right to left, dark by its meta, with a base elsewhere, in a zoomed, transformed and clipped box', async () => {
  const { page, view, problems, context } = await visit('bent', {
    html: 'dir="rtl"',
    head: '<base href="/elsewhere/"><meta name="color-scheme" content="dark">',
    around: [
      '<div style="transform: translateY(20px); overflow: hidden; zoom: 1.1; filter: saturate(1); inline-size: 900px">',
      '</div>',
    ],
    element: 'routing="hash"',
  });
  await view.row('Dashboard is blank').waitFor();
  const color = await page
    .locator('support-center')
    .getByRole('heading', { name: 'Support' })
    .evaluate((heading) => getComputedStyle(heading).color);
  expect(color).toBe('rgb(230, 232, 235)');
  await walk(page, view, 'From right to left');
  const href = await view
    .row('From right to left')
    .getByRole('link')
    .first()
    .evaluate((a) => (a as HTMLAnchorElement).href);
  expect(href).toMatch(`${host.origin}/bent#support/tickets/SUP-`);
  await view.row('From right to left').getByRole('link').first().click();
  await page.getByRole('heading', { name: 'From right to left' }).waitFor();
  expect(page.url()).toBe(href);
  await page.goBack();
  await view.loaded();
  await walkLauncher(page, view, 'left');
  expect(problems).toEqual([]);
  await context.close();
});

/** As Prototype.js, early polyfills, monitoring agents and mail clients do. */
const PATCHED = `
  for (const [name, of] of [['last', Array], ['first', Array], ['each', Object], ['strip', String], ['once', Function], ['plus', Number]])
    of.prototype[name] = function () { throw new Error('Nobody calls this.'); };
  Array.prototype.toJSON = function () { return '[' + this.map(String).join() + ']'; };
  String.prototype.toJSON = function () { return '"' + this + '"'; };
  window.fetched = 0;
  const { fetch, XMLHttpRequest: Before } = window;
  window.fetch = function (...given) { window.fetched += 1; return fetch.apply(this, given).then((answer) => answer); };
  window.XMLHttpRequest = class extends Before {};
  window.Promise = class Promise extends window.Promise {};
  window.keys = [];
  for (const type of ['keydown', 'keypress', 'keyup']) {
    document.addEventListener(type, (event) => {
      if (/input|textarea|select/i.test(event.target.localName) || !/^[a-z/?]$/.test(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      window.keys.push(type + ' ' + event.key);
    }, true);
  }`;

test('scripts that patch what is built in, wrap fetch and take every letter for themselves', async () => {
  const { page, view, problems, context } = await visit('patched', { script: PATCHED });
  page.on('pageerror', (e) => console.log('PE', e));
  page.on('console', (m) => console.log(m.text()));
  await view.row('Dashboard is blank').waitFor();
  expect(await look(page)).toEqual(reference);
  await walk(page, view, 'with patched parts');
  // As text: what is built in is no more what it was.
  const read = () =>
    page.evaluate(() => {
      const { keys, fetched } = window as never as { keys: string[]; fetched: number };
      return `${keys.join()} ${fetched > 3}`;
    });
  expect(await read()).toBe(' true');
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('c');
  expect(await read()).toBe('keydown c,keyup c true');
  await walkLauncher(page, view, 'right');
  expect(problems).toEqual([]);
  await context.close();
});

test('a second script of another version, where the policy names come only once', async () => {
  // The same files at another address are other modules: to the browser, and to the registry, another version.
  const folder = new URL('../../dist/widget/', import.meta.url);
  const type = 'text/javascript';
  const chunks = (await readdir(new URL('chunks/', folder))).filter((name) => name.endsWith('.js'));
  for (const name of ['support-center.js', ...chunks.map((chunk) => `chunks/${chunk}`)])
    host.serve(`/other-version/${name}`, { type, body: await readFile(new URL(name, folder), 'utf8') });
  const policy = (extra = '') => ({
    'content-security-policy': `require-trusted-types-for 'script'; trusted-types lit-html ${extra}`,
  });
  const page = (path: string, scripts: string, headers: Record<string, string>) =>
    host.serve(path, {
      headers,
      body: `<!doctype html><html lang="en"><title>Twice</title><body>${scripts}
        <support-center api-url="${support}/api" token-url="/token/clara"></support-center>
        <support-link api-url="${support}/api" token-url="/token/clara"></support-link></body></html>`,
    });
  const first = `<script type="module" src="${support}/support-center.js"></script>`;
  const second = '<script type="module" src="/other-version/support-center.js"></script>';
  const own = `<script>trustedTypes.createPolicy('lit-html', { createHTML: String })</script>`;
  const pages = [
    page('/twice', first + second, policy()),
    page('/twice-around', second + first, policy()),
    // A host that uses Lit itself has made the policy already.
    page('/with-lit', own + first, policy(`'allow-duplicates'`)),
  ];
  for (const url of pages) {
    const { page, problems, context } = await visitors.visit('clara', { url });
    const view = new SupportPage(page);
    await view.row('Dashboard is blank').waitFor();
    await page.locator('support-link').getByRole('link').waitFor();
    expect(await page.evaluate(() => document.querySelectorAll('support-center').length)).toBe(1);
    expect(problems).toEqual([]);
    await context.close();
  }
});
