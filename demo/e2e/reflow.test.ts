import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findTicket } from '../scene-tickets.ts';
import { DemoProcess } from '../testing/demo-process.ts';
import { Visitors } from '../testing/visitors.ts';

/** A window of 1280 × 1024 at a zoom of 400 %: WCAG 2.2, 1.4.10. */
const ZOOMED = { width: 320, height: 256 };

let demo: DemoProcess;
let visitors: Visitors;
let number: string;
beforeAll(async () => {
  demo = await DemoProcess.start({ samples: true });
  number = await findTicket(demo, 'Dashboard is blank');
  visitors = await Visitors.open(demo.url);
});
afterAll(async () => {
  await visitors?.close();
  await demo?.close();
});

/** What reaches out of the window sideways, although nothing around it scrolls. */
async function sticksOut(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const found: string[] = [];
    const visit = (node: ParentNode, scrolls: boolean): void => {
      for (const element of node.children) {
        const style = getComputedStyle(element);
        if (!element.checkVisibility({ visibilityProperty: true }) && style.display !== 'contents') continue;
        const { right, left, width } = element.getBoundingClientRect();
        if (!scrolls && width > 1 && (right > innerWidth + 1 || left < -1)) {
          found.push(`${element.localName}.${element.className} ${Math.round(left)}–${Math.round(right)}`);
        }
        const hides = scrolls || style.overflowX !== 'visible' || style.clipPath !== 'none';
        visit(element, hides);
        if (element.shadowRoot) visit(element.shadowRoot, hides);
      }
    };
    visit(document.querySelector('main')!, false);
    return found;
  });
}

/** Text as readers may space it, WCAG 2.2, 1.4.12, whoever keeps them from it by which rule. */
async function spaceText(page: Page): Promise<void> {
  await page.locator('main support-center').evaluate(async (element) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
      p { margin-block-end: 2em !important; }`);
    const visit = (root: ShadowRoot): void => {
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
      for (const one of root.querySelectorAll('*')) if (one.shadowRoot) visit(one.shadowRoot);
    };
    visit(element.shadowRoot!);
    await new Promise(requestAnimationFrame);
  });
}

/** What has more words in it than it shows. */
async function cutOff(page: Page): Promise<string[]> {
  return await page.locator('main support-center').evaluate((element) => {
    const found: string[] = [];
    const visit = (node: ParentNode): void => {
      for (const one of node.querySelectorAll<HTMLElement>('button, label, .chip, .badge, h2, h3, dt, dd')) {
        const { overflowX, clipPath } = getComputedStyle(one);
        if (!one.checkVisibility() || one.clientHeight === 0 || clipPath !== 'none') continue;
        const isCut = one.scrollHeight > one.clientHeight + 1 && one.localName !== 'label';
        if (isCut || (overflowX !== 'visible' && one.scrollWidth > one.clientWidth + 1)) {
          found.push(`${one.localName}.${one.className} ${one.textContent?.trim().slice(0, 40)}`);
        }
      }
      for (const one of node.querySelectorAll('*')) if (one.shadowRoot) visit(one.shadowRoot);
    };
    visit(element.shadowRoot!);
    return found;
  });
}

/** What a pointer has to hit within less than 24 px, WCAG 2.2, 2.5.8; links inside of sentences may be. */
async function smallTargets(page: Page): Promise<string[]> {
  return await page.locator('main support-center').evaluate((element) => {
    const found: string[] = [];
    const visit = (node: ParentNode): void => {
      for (const one of node.querySelectorAll<HTMLElement>('button, select, textarea, input, a[href]')) {
        if (one.localName === 'a' && one.parentElement?.localName === 'p') continue;
        // A label is a target too.
        const isTicked = /^(checkbox|radio)$/.test((one as HTMLInputElement).type);
        const boxes = [one, ...((isTicked && (one as HTMLInputElement).labels) || [])];
        const isSeen = one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
        if (!isSeen || boxes.some((box) => getComputedStyle(box).clipPath !== 'none')) continue;
        const least = Math.max(
          ...boxes.map((box) =>
            Math.min(box.getBoundingClientRect().width, box.getBoundingClientRect().height),
          ),
        );
        if (least < 24) found.push(`${one.localName}.${one.className} ${one.textContent?.trim()}: ${least}`);
      }
      for (const one of node.querySelectorAll('*')) if (one.shadowRoot) visit(one.shadowRoot);
    };
    visit(element.shadowRoot!);
    return found;
  });
}

test.each([
  ['list', 'clara', 'support', 'list "Tickets"'],
  ['form', 'clara', 'support#support/new', 'button "Submit"'],
  ['ticket', 'clara', 'ticket', 'list "Conversation"'],
  ['ticket with its controls', 'priya', 'ticket', 'button "Send reply"'],
  ['settings', 'sofia', 'support#support/settings', 'button "Save"'],
] as const)(
  'the %s fits into a window at a zoom of 400 %, also with text spaced wider',
  async (_view, person, path, landmark) => {
    const { page, context } = await visitors.visit(person, {
      path: path === 'ticket' ? `support#support/tickets/${number}` : path,
      ...ZOOMED,
    });
    const [role, name] = landmark.split(/ "|"/) as ['list' | 'button', string];
    await page.getByRole(role, { name, exact: true }).waitFor();
    const sideways = async (): Promise<number> =>
      await page.locator('main').evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    expect(await sticksOut(page)).toEqual([]);
    expect(await sideways()).toBeLessThanOrEqual(0);
    expect(await smallTargets(page)).toEqual([]);
    await spaceText(page);
    expect(await sticksOut(page)).toEqual([]);
    expect(await sideways()).toBeLessThanOrEqual(0);
    expect(await cutOff(page)).toEqual([]);
    await context.close();
  },
);

test('text of twice the size, with the spacing that readers set, cuts nothing off', async () => {
  const { page, context } = await visitors.visit('clara', { width: 1000 });
  await page.getByRole('list', { name: 'Tickets' }).waitFor();
  await page.locator('main support-center').evaluate((element) => {
    for (const size of ['-small', '', '-large', '-title']) {
      (element as HTMLElement).style.setProperty(`--support-font-size${size}`, '28px');
    }
  });
  await spaceText(page);
  expect(await cutOff(page)).toEqual([]);
  await context.close();
});

/** What the Tab key leads to although most of it is behind something else, WCAG 2.2, 2.4.11. */
async function hiddenStops(page: Page, presses: number): Promise<string[]> {
  const found: string[] = [];
  for (let press = 0; press < presses; press++) {
    await page.keyboard.press('Tab');
    const hidden = await page.evaluate(async () => {
      await new Promise(requestAnimationFrame);
      let root: Document | ShadowRoot = document;
      while (root.activeElement?.shadowRoot) root = root.activeElement.shadowRoot;
      const active = root.activeElement;
      if (!active || !document.activeElement?.matches('main support-center')) return null;
      const { left, top, width, height } = active.getBoundingClientRect();
      const seen = [0.1, 0.3, 0.5, 0.7, 0.9].filter((part) => {
        const hit = root.elementFromPoint(left + width / 2, top + height * part);
        return hit !== null && (active.contains(hit) || hit.contains(active));
      });
      return seen.length < 3 ? `${active.localName}.${active.className} ${Math.round(top)}` : null;
    });
    if (hidden) found.push(hidden);
  }
  return found;
}

test('on a phone, what has the focus is not behind what sticks to the bottom', async () => {
  const phone = { width: 360, height: 640 };
  const agent = await visitors.visit('priya', { path: `support#support/tickets/${number}`, ...phone });
  await agent.page.getByRole('button', { name: 'Show blank-dashboard.png' }).waitFor();
  expect(await hiddenStops(agent.page, 40)).toEqual([]);
  await agent.context.close();
  const client = await visitors.visit('clara', { path: 'support#support/new', ...phone });
  await client.page.getByRole('button', { name: 'Submit' }).waitFor();
  expect(await hiddenStops(client.page, 24)).toEqual([]);
  await client.context.close();
});

test('in a window as low as above a keyboard, a reply is sent without scrolling to the button', async () => {
  const { page, context } = await visitors.visit('priya', {
    path: `support#support/tickets/${number}`,
    width: 360,
    height: 400,
  });
  await page.getByRole('textbox', { name: 'Reply' }).click();
  const send = page.getByRole('button', { name: 'Send reply' });
  await expect
    .poll(() => send.evaluate((button) => innerHeight - button.getBoundingClientRect().bottom))
    .toBeGreaterThanOrEqual(0);
  await context.close();
});
