import { afterAll, beforeAll, expect, test } from 'vitest';
import { DemoProcess } from '../testing/demo-process.ts';
import { Visitors } from '../testing/visitors.ts';
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

test('errors stand at their fields, and the first of them has the focus', async () => {
  const { page, problems } = await visitors.visit('clara');
  const view = new SupportPage(page);
  await view.loaded();
  await view.openForm();
  await view.button('Submit').click();
  const subject = view.box('Subject');
  await expect.poll(() => subject.getAttribute('aria-invalid')).toBe('true');
  expect(await subject.evaluate((node) => node.matches(':focus'))).toBe(true);
  const described = await subject.evaluate((node) => {
    const root = node.getRootNode() as ShadowRoot;
    const ids = (node.getAttribute('aria-describedby') ?? '').split(/\s+/).filter(Boolean);
    return ids.map((id) => root.getElementById(id)?.textContent ?? '').join(' ');
  });
  expect(described).toContain('Please fill this in');
  expect(await demo.mails()).toEqual([]);
  expect(problems).toEqual([]);
});

test('a submit that fails loses nothing, and the retry files one ticket', async () => {
  const { page, context } = await visitors.visit('clara');
  const view = new SupportPage(page);
  await view.loaded();
  await view.openForm();
  const file = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('line one') };
  await view.fillForm({ subject: 'Lost in transit?', description: 'A text that must not get lost.', file });

  await demo.stop();
  await view.button('Submit').click();
  await page.getByText('Everything you typed is still here').first().waitFor();
  expect(await view.box('Subject').inputValue()).toBe('Lost in transit?');
  expect(await view.box('Description').inputValue()).toBe('A text that must not get lost.');
  expect(await view.button('Remove notes.txt').isVisible()).toBe(true);

  // With a new secret too: the token of before is refused, and renewed unseen.
  await demo.restart();
  await view.button('Submit').click();
  await page.getByRole('heading', { name: 'Lost in transit?' }).waitFor();
  await view.messages().getByText('notes.txt').first().waitFor();
  await view.backToList();
  expect(await view.rows().count()).toBe(1);

  await context.setOffline(true);
  await page.getByText('You are offline').first().waitFor();
  await context.setOffline(false);
  await expect.poll(() => page.getByText('You are offline').count()).toBe(0);
});

test('what was typed survives leaving the form and a reload', async () => {
  const { page, problems } = await visitors.visit('jonas');
  const view = new SupportPage(page);
  await view.loaded();
  await view.openForm();
  await view.box('Subject').fill('Half a thought');
  await view.box('Description').fill('To be continued');
  await view.button('Cancel').click();
  await view.loaded();
  await page.reload();
  await view.loaded();
  await view.openForm();
  expect(await view.box('Subject').inputValue()).toBe('Half a thought');
  expect(await view.box('Description').inputValue()).toBe('To be continued');
  expect(problems).toEqual([]);
});
