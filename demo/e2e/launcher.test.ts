import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DemoPersonKey } from '../people.ts';
import { OtherHost } from '../testing/other-host.ts';
import { Visitors, type VisitOptions } from '../testing/visitors.ts';
import { SupportPage } from './support-page.ts';

let host: OtherHost;
let visitors: Visitors;
let support: string;
beforeAll(async () => {
  host = await OtherHost.start();
  support = new URL(host.demo.url).origin;
  visitors = await Visitors.open(host.demo.url);
});
afterAll(async () => {
  await visitors?.close();
  await host?.close();
});

async function visit(person: DemoPersonKey, options: VisitOptions & { head?: string; html?: string } = {}) {
  const url = host.serve('/launcher', {
    body: `<!doctype html><html lang="en" ${options.html ?? ''}><title>Host</title>${options.head ?? ''}
      <body><button id="menu">Help</button><a href="#x">Elsewhere</a>
      <support-center layout="launcher" token-url="/token/${person}"></support-center>
      <script type="module" src="${support}/support-center.js"></script></body></html>`,
  });
  const visit = await visitors.visit(person, { ...options, url });
  const { page } = visit;
  const button = page.getByRole('button', { name: /^Open support/ });
  const panel = page.getByRole('dialog', { name: 'Support' });
  await button.waitFor();
  return { ...visit, button, panel, view: new SupportPage(page) };
}

/** What has the focus, and whether that is in the panel. */
const focus = (page: Page) =>
  page.evaluate(() => {
    let active = document.activeElement;
    let isInside = false;
    while (active) {
      for (let at: Element | null = active; at; at = at.assignedSlot ?? at.parentElement)
        isInside ||= at.localName === 'dialog';
      if (!active.shadowRoot?.activeElement) break;
      active = active.shadowRoot.activeElement;
    }
    const name = active?.getAttribute('aria-label') ?? active?.textContent?.trim().replace(/\s+/g, ' ') ?? '';
    return { name, isInside };
  });

test('opened by the keyboard where the button is a stand-in, it keeps the focus, and gives it back to the real one', async () => {
  const { page, button, panel, view, problems, context } = await visit('sofia', {
    // As wide as the desk of an agent.
    head: '<style>support-center::part(panel) { inline-size: 1100px }</style>',
  });
  await button.focus();
  await page.keyboard.press('Enter');
  await panel.waitFor();
  await expect.poll(async () => (await focus(page)).name).toBe('Support');
  await page.getByRole('combobox', { name: 'Sort' }).waitFor();
  const around = new Set<string>();
  for (const key of ['Tab', 'Shift+Tab']) {
    for (let presses = 0; presses < 18; presses++) {
      await page.keyboard.press(key);
      const { name, isInside } = await focus(page);
      expect(isInside, `${name} has the focus`).toBe(true);
      around.add(name);
    }
  }
  // From the first stop, back to the last, and on to the first again.
  await panel.getByRole('button', { name: 'Close support' }).focus();
  await page.keyboard.press('Shift+Tab');
  const last = await focus(page);
  expect(last.isInside && last.name).not.toBe('Close support');
  await page.keyboard.press('Tab');
  expect(await focus(page)).toEqual({ name: 'Close support', isInside: true });

  // Dialogs within come first, then the views, then the panel.
  await view.row('Charged twice').getByRole('button').first().click();
  await page.getByRole('heading', { name: /^Charged twice/ }).waitFor();
  await view.button('Delete ticket').click();
  const question = page.getByRole('alertdialog').or(page.getByRole('dialog', { name: /Delete/ }));
  await question.first().waitFor();
  for (let presses = 0; presses < 5; presses++) {
    expect((await focus(page)).name).toMatch(/^(Cancel|Delete|Close)/);
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Escape');
  await expect.poll(async () => (await focus(page)).name).toBe('Delete ticket');
  await page.keyboard.press('Escape');
  await view.loaded();
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'hidden' });
  await expect.poll(async () => (await focus(page)).name).toMatch(/^Open support/);
  expect(await button.getAttribute('aria-expanded')).toBe('false');
  expect(problems).toEqual([]);
  await context.close();
});

test('opened by the page it gives the focus back there; a press beside it closes it', async () => {
  const { page, panel, problems, context } = await visit('clara');
  await page.locator('#menu').focus();
  const center = page.locator('support-center');
  await center.evaluate((element: HTMLElementTagNameMap['support-center']) => element.open());
  await panel.waitFor();
  // The page behind is out of reach, for hands and for readers.
  expect(await page.getByRole('link', { name: 'Elsewhere' }).count()).toBe(1);
  expect(await page.evaluate(() => document.elementFromPoint(20, 20)?.localName)).toBe('support-center');
  await page.mouse.click(300, 300);
  await panel.waitFor({ state: 'hidden' });
  await expect.poll(async () => (await focus(page)).name).toBe('Help');
  expect(problems).toEqual([]);
  await context.close();
});

test('it fills a phone, and stands where one property says, in the direction of the page', async () => {
  const phone = await visit('clara', { width: 390, height: 700 });
  await phone.button.click();
  const panel = phone.page.locator('support-center').getByRole('dialog').locator('[part=panel]');
  await panel.waitFor();
  expect(await panel.boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 700 });
  await phone.view.button('Close support').click();
  await phone.panel.waitFor({ state: 'hidden' });
  await phone.context.close();

  const css =
    '<style>support-center { --support-launcher-place: start; --support-launcher-inset: 40px; --support-launcher-z-index: 7 }</style>';
  const { page, button, context, problems, ...it } = await visit('clara', { head: css, html: 'dir="rtl"' });
  const standIn = await button.boundingBox();
  expect(standIn).toMatchObject({ x: 1280 - 40 - 52, y: 40 });
  await button.click();
  await it.panel.waitFor();
  await page.keyboard.press('Escape');
  await it.panel.waitFor({ state: 'hidden' });
  expect(await button.boundingBox()).toEqual(standIn);
  const level = await page.evaluate(
    () =>
      getComputedStyle(
        document
          .querySelector('support-center')!
          .shadowRoot!.querySelector('support-center-launcher')!
          .shadowRoot!.querySelector('.corner')!,
      ).zIndex,
  );
  expect(level).toBe('7');
  expect(problems).toEqual([]);
  await context.close();
});

test('the number on the stand-in is renewed, follows the switches, and ends with it', async () => {
  const { page, button, problems, context } = await visit('clara', {
    prepare: (page) => page.clock.install(),
  });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const askings = () => asked.filter((path) => path === '/api/tickets').length;
  const comeBack = () => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await page.getByRole('button', { name: /^Open support \(\d+\)$/ }).waitFor();
  const first = askings();
  await comeBack();
  await expect.poll(askings).toBe(first + 1);
  // Nobody comes back, but five minutes pass.
  await page.clock.fastForward(5 * 60_000);
  await expect.poll(askings).toBe(first + 2);
  await page.evaluate(() => document.querySelector('support-center')!.setAttribute('disabled', ''));
  await button.waitFor({ state: 'hidden' });
  await page.evaluate(() => document.querySelector('support-center')!.removeAttribute('disabled'));
  await button.waitFor();
  await page.evaluate(() => {
    const launcher = document.querySelector('support-center')!;
    Object.assign(window, { launcher });
    launcher.remove();
  });
  // Without any of ours the page gets the elements, for whatever it makes next; nothing else goes on.
  await page.waitForFunction(() => customElements.get('support-center'));
  const last = asked.length;
  await page.clock.fastForward(10 * 60_000);
  await comeBack();
  expect(asked.slice(last).filter((path) => path.startsWith('/api') || path.startsWith('/token'))).toEqual(
    [],
  );
  await page.evaluate(() => document.body.append((window as never as { launcher: Element }).launcher));
  await button.waitFor();
  expect(await button.count()).toBe(1);
  expect(problems).toEqual([]);
  await context.close();
});
