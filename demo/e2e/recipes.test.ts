import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleRecipe, type Framework } from '../testing/bundle-recipe.ts';
import { DemoProcess } from '../testing/demo-process.ts';
import { Visitors, type Visit } from '../testing/visitors.ts';
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

/** A page of a host of its own, at the demo's address, where the tokens are. */
async function visitHost(files: Record<string, string>): Promise<Visit> {
  const serve = async (page: Page): Promise<void> => {
    for (const [path, body] of Object.entries(files)) {
      const contentType = path.endsWith('.js') ? 'text/javascript' : 'text/html';
      await page.route(demo.url + path, (route) => route.fulfill({ body, contentType }));
    }
  };
  return await visitors.visit('clara', { path: 'host', prepare: serve });
}

/** What every recipe does: a property is set, a method is called, an event is heard. */
async function tryRecipe(page: Page): Promise<void> {
  const view = new SupportPage(page);
  await view.loaded();
  await view.button('Report a problem').click();
  await view.box('Subject').waitFor();
  expect(await view.choice('Category').inputValue()).toBe('technical');
  await view.fillForm({ subject: 'It beeps', description: 'All night.', relatedApp: 'Acme EU' });
  await view.button('Submit').click();
  await page.getByRole('heading', { name: 'It beeps' }).waitFor();
  await page.getByText(`Thank you, this is ${await view.ticketNumber()}.`).waitFor();
}

const MAP = '<script type="importmap">{"imports": {"support-center": "/support-center.js"}}</script>';

test.each<Framework>(['react', 'vue', 'svelte'])(
  'the recipe for %s runs, and survives to be taken out and put back',
  async (framework) => {
    const { page, context, problems } = await visitHost({
      host: `<!doctype html><html lang="en"><title>Host</title>${MAP}<div id="app"></div><script type="module" src="/host.js"></script></html>`,
      'host.js': `${await bundleRecipe(framework)}\nwindow.takeOut = window.mountRecipe();`,
    });
    await tryRecipe(page);
    await page.evaluate('takeOut()');
    await expect.poll(() => page.locator('support-center').count()).toBe(0);
    await page.evaluate('window.takeOut = mountRecipe()');
    await new SupportPage(page).row('It beeps').first().waitFor();
    expect(problems).toEqual([]);
    await context.close();
  },
);

test('the recipe in plain HTML runs', async () => {
  const recipe = async (name: string) => readFile(new URL(`../recipes/${name}`, import.meta.url), 'utf8');
  const { page, context, problems } = await visitHost({
    host: (await recipe('plain.html')).replaceAll('https://support.example.com/', '/'),
    'support-page.js': await recipe('plain.js'),
  });
  await tryRecipe(page);
  expect(problems).toEqual([]);
  await context.close();
});
