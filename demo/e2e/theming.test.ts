import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contrastFaults } from '../../widget/testing/contrast.ts';
import { readTokens } from '../../widget/build-tokens.ts';
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

const THEMES = ['Default', 'Dense', 'Rounded', 'High contrast'];
const css = (page: Page): Promise<string> => page.getByLabel('The CSS', { exact: true }).last().innerText();

/** Each color as a page sees it: what its style sheet says, else the default. */
const COLORS = Object.fromEntries(
  (await readTokens())
    .filter(({ name }) => name.startsWith('--support-color-'))
    .map(({ name, css: value }) => [name.replace('--support-color-', ''), `var(${name}, ${value})`]),
);
type Faults = (element: Element, colors: Record<string, string>) => string[];
const faults = (page: Page): Promise<string[]> =>
  page.locator('main support-center').evaluate(contrastFaults as Faults, COLORS);

test('every theme keeps its colors apart, light and dark', async () => {
  const { page, context, problems } = await visitors.visit('clara', { path: 'playground' });
  await new SupportPage(page).loaded();
  for (const theme of THEMES) {
    await page.getByRole('button', { name: theme, exact: true }).click();
    for (const scheme of ['light', 'dark']) {
      expect(await faults(page), `${theme}, ${scheme}`).toEqual([]);
      await page.getByRole('button', { name: 'Dark', exact: true }).click();
    }
  }
  expect(problems).toEqual([]);
  await context.close();
});

test('the playground changes tokens as one types, tells them as CSS, and copies it', async () => {
  const { page, context, problems } = await visitors.visit('clara', { path: 'playground' });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const view = new SupportPage(page);
  await view.loaded();
  const create = view.button('Create Ticket').first();
  const style = (name: string): Promise<string> =>
    create.evaluate((element, property) => getComputedStyle(element).getPropertyValue(property), name);

  await page.getByLabel('Accent', { exact: true }).fill('#0a5c36');
  await page.getByLabel('Radius control', { exact: true }).fill('1px');
  await expect.poll(() => style('background-color')).toBe('rgb(10, 92, 54)');
  expect(await style('border-top-left-radius')).toBe('1px');
  expect(await css(page)).toContain('--support-color-accent: light-dark(#0a5c36, #91a7ff);');

  // The other side of the color is as it was.
  await page.getByRole('button', { name: 'Dark', exact: true }).click();
  await expect.poll(() => page.getByLabel('Accent', { exact: true }).inputValue()).toBe('#91a7ff');
  await expect.poll(() => style('background-color')).toBe('rgb(145, 167, 255)');

  await view.button('Copy the CSS').click();
  await page.getByText('Copied.').waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(
    'support-center {\n  --support-color-accent: light-dark(#0a5c36, #91a7ff);\n  --support-radius-control: 1px;\n}\n',
  );
  await view.button('Start over').click();
  await expect.poll(() => css(page)).toContain('Nothing is changed.');
  expect(problems).toEqual([]);
  await context.close();
});

test('a theme is kept on the support page, and its CSS is what the playground tells', async () => {
  const { page, context, problems } = await visitors.visit('clara', { path: 'playground' });
  await new SupportPage(page).loaded();
  await page.getByRole('button', { name: 'Rounded', exact: true }).click();
  expect(await css(page)).toContain('--support-radius: 20px;');
  await page.goto(`${demo.url}support`);
  const view = new SupportPage(page);
  await view.loaded();
  const accent = view
    .button('Create Ticket')
    .first()
    .evaluate((element) => getComputedStyle(element).backgroundColor);
  expect(await accent).toBe('rgb(124, 58, 237)');
  expect(problems).toEqual([]);
  await context.close();
});

test('the docs show every recipe and every table, and hold to the policy', async () => {
  const { page, context, problems } = await visitors.visit('clara', { path: 'docs' });
  for (const title of ['Plain HTML', 'React 19', 'Vue 3', 'Svelte 5', 'Angular', 'Rails', 'Laravel']) {
    await page.getByText(title, { exact: true }).click();
    await page
      .getByRole('region', { name: `${title}: the code` })
      .first()
      .waitFor();
  }
  await page.getByText('{{ filed }}').waitFor();
  for (const kind of ['attribute', 'property', 'method', 'event', 'slot', 'part', 'custom property']) {
    await page.getByRole('region', { name: `<support-center>: ${kind}`, exact: true }).waitFor();
  }
  await page.getByRole('cell', { name: '--support-color-accent', exact: true }).waitFor();
  expect(problems).toEqual([]);
  await context.close();
});
