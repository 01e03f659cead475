import type { CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findInHeap } from '../testing/heap.ts';
import { OtherHost } from '../testing/other-host.ts';
import { Visitors } from '../testing/visitors.ts';
import { SupportPage } from './support-page.ts';

/** Stands in everything that belongs to the first user: nothing of it may be left for the second. */
const SECRET = 'Zebrafish';

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

async function call(person: string, path: string, body: object): Promise<{ number: string }> {
  const authorization = `Bearer ${await (await fetch(`${host.origin}/token/${person}`)).text()}`;
  const headers = { authorization, 'content-type': 'application/json' };
  const init = { method: 'POST', headers, body: JSON.stringify(body) };
  const answer = await fetch(`${host.demo.url}api${path}`, init);
  expect(answer.status).toBe(201);
  return (await answer.json()) as { number: string };
}

/** All that the tab still knows of the secret: in the page, its shadow roots, its storage and its heap. */
async function traces(page: Page, cdp: CDPSession): Promise<string[]> {
  const found = await page.evaluate(
    (secret) => {
      // A regular expression remembers the last text it was held against.
      /x/.test('x');
      const texts: string[] = [
        JSON.stringify({ ...sessionStorage }),
        JSON.stringify({ ...localStorage }),
        location.href,
      ];
      const visit = (root: ParentNode & { innerHTML?: string }): void => {
        texts.push(root.innerHTML ?? '');
        for (const element of root.querySelectorAll('*')) if (element.shadowRoot) visit(element.shadowRoot);
      };
      visit(document.documentElement);
      return texts
        .filter((text) => text.includes(secret.join('')))
        .map((text) => `page: ${text.slice(0, 200)}`);
      // In two parts, lest the question itself be found.
    },
    [SECRET.slice(0, 4), SECRET.slice(4)],
  );
  return [...found, ...(await findInHeap(cdp, SECRET))];
}

const PAGE = (origin: string): string => `<!doctype html><html lang="en"><title>Host</title><body>
  <script>
    window.person = 'clara';
    window.getToken = async () => {
      if (!window.person) throw new Error('signed out');
      return await (await fetch('/token/' + window.person)).text();
    };
  </script>
  <support-center></support-center>
  <script type="module">
    import '${origin}/support-center.js';
    document.querySelector('support-center').getToken = window.getToken;
  </script></body></html>`;

test.each(['logout()', 'another user'])('%s leaves nothing of the one before', async (way) => {
  const subject = `${SECRET} subject`;
  const { number } = await call('clara', '/tickets', {
    subject,
    category: 'technical',
    priority: 'normal',
    description: `${SECRET} description with **words** and https://example.com/${SECRET}`,
  });
  await call('priya', `/tickets/${number}/messages`, { body: `${SECRET} answer` });
  const url = host.serve('/identity', { body: PAGE(new URL(host.demo.url).origin) });
  const { page, context, problems } = await visitors.visit('clara', { url });
  const cdp = await context.newCDPSession(page);
  const view = new SupportPage(page);
  // Through everything that remembers: search, list, ticket, files, drafts of both kinds.
  await view.row(subject).first().waitFor();
  await page.getByRole('searchbox').fill(SECRET);
  await expect.poll(() => view.rows().count()).toBeLessThanOrEqual(2);
  await view.openForm();
  await view.box('Subject').fill(`${SECRET} draft`);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await view.row(subject).first().getByText(subject).first().click();
  await page.getByRole('heading', { name: subject }).waitFor();
  await view.attach({ name: `${SECRET}.txt`, mimeType: 'text/plain', buffer: Buffer.from(SECRET) });
  await view.box('Reply').fill(`${SECRET} reply`);
  await expect
    .poll(() => page.evaluate(() => JSON.stringify({ ...sessionStorage })))
    .toContain(`${SECRET} reply`);
  // Answers that come when nobody waits for them any more.
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  let held = 0;
  await page.route(/\/api\/tickets/, async (route) => {
    held += 1;
    const response = await route.fetch();
    await released;
    await route.fulfill({ response }).catch(() => undefined);
  });
  await page.evaluate(() => void document.querySelector('support-center')!.refresh());
  await expect.poll(() => held).toBeGreaterThan(0);
  await page.unrouteAll({ behavior: 'ignoreErrors' }).catch(() => undefined);

  if (way === 'logout()') {
    await page.evaluate(() => {
      (window as never as { person: string | null }).person = null;
      document.querySelector('support-center')!.logout();
    });
    await page.getByText('You are signed out of support.').waitFor();
  } else {
    await page.evaluate(() => {
      Object.assign(window, { person: 'jonas' });
      const center = document.querySelector('support-center')!;
      center.logout();
      void center.refresh();
    });
    await view.row('Charged twice for the Pro plan').waitFor();
  }
  release();
  await page.waitForTimeout(300);
  expect(await traces(page, cdp)).toEqual([]);
  expect(problems).toEqual([]);
  await context.close();
});
