import type { Request } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DemoProcess } from '../testing/demo-process.ts';
import { Visitors, type Visit } from '../testing/visitors.ts';
import { SupportPage } from './support-page.ts';

const SUBJECT = 'Invoices come twice';

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

/**
 * A reply of one person, until the other one has it before their eyes. Nothing but the stream may bring it: the
 * other's page is not loaded anew, and asks for the conversation only once it has heard of the reply.
 *
 * @returns milliseconds from the press on the button
 */
async function replyTo(
  writer: SupportPage,
  reader: SupportPage,
  { page }: Visit,
  text: string,
): Promise<number> {
  const asked: string[] = [];
  let pages = 0;
  const note = (request: Request): void => {
    asked.push(new URL(request.url()).pathname);
    if (request.isNavigationRequest()) pages += 1;
  };
  await writer.box('Reply').fill(text);
  page.on('request', note);
  const start = performance.now();
  await writer.button('Send reply').click();
  await reader.messages().getByText(text).waitFor();
  const ms = performance.now() - start;
  page.off('request', note);
  // No page was loaded, and the stream is the one that was open before: the next look without it is minutes away.
  expect(pages).toBe(0);
  expect(asked).not.toContain('/api/events');
  expect(asked.filter((path) => path.endsWith('/messages')).length).toBeLessThanOrEqual(2);
  return ms;
}

test('two people in two browsers see each other’s replies without reloading', async () => {
  const priya = await visitors.visit('priya');
  const agent = new SupportPage(priya.page);
  await agent.loaded();

  const clara = await visitors.visit('clara');
  const client = new SupportPage(clara.page);
  await client.loaded();
  await client.fileTicket({ subject: SUBJECT, description: 'Since the move to the new plan.' });

  // In the list of the agent, and counted.
  await agent.row(SUBJECT).waitFor();
  expect(await agent.badgeCount('Open')).toBe(1);
  await agent.openTicket(SUBJECT);
  await agent.box('Reply').waitFor();

  // Half a reply stays while the other's arrives.
  await client.box('Reply').fill('By the way, they are');
  const there = await replyTo(agent, client, clara, 'Which of the two is the right one?');
  expect(await client.box('Reply').inputValue()).toBe('By the way, they are');
  const back = await replyTo(client, agent, priya, 'The one from Monday.');
  console.log(`Replies were seen in the other browser after ${there.toFixed()} and ${back.toFixed()} ms.`);
  await expect.poll(() => agent.choice('Status').inputValue()).toBe('open');

  // A note is for the other agents alone; so is who looks.
  const tom = await visitors.visit('tom');
  const other = new SupportPage(tom.page);
  await other.loaded();
  await other.openTicket(SUBJECT);
  await priya.page.getByText(/^Tom .* is looking at this ticket$/).waitFor();
  await tom.page.getByRole('checkbox', { name: 'Internal note', exact: true }).check();
  await other.box('Reply').fill('I have seen this before.');
  await priya.page.getByText(/^Tom .* is writing…$/).waitFor();
  await other.button('Add note').click();
  await agent.messages().getByText('I have seen this before.').waitFor();
  expect(await clara.page.getByText('seen this before').count()).toBe(0);
  expect(await clara.page.getByText(/is looking|is writing/).count()).toBe(0);

  // Somebody else's answer is not written over.
  await agent.box('Reply').fill('It is fixed.');
  await client.reply('It happened again!');
  await agent.messages().getByText('It happened again!').waitFor();
  await agent.button('Send reply').click();
  await priya.page.getByText('replied while you were writing').waitFor();
  expect(await agent.box('Reply').inputValue()).toBe('It is fixed.');
  await agent.button('Send anyway').click();
  await client.messages().getByText('It is fixed.').waitFor();
  for (const visit of [clara, priya, tom]) {
    expect(visit.problems).toEqual([]);
    // An open conversation is read as it comes.
    await visit.context.close();
  }
});

test('the link in the menu counts what is unread on any page, and stops when it is read elsewhere', async () => {
  const clara = await visitors.visit('clara', { path: 'billing' });
  const link = clara.page.locator('support-link').first();
  const phone = await visitors.visit('clara');
  const client = new SupportPage(phone.page);
  await client.loaded();

  const priya = await visitors.visit('priya');
  const agent = new SupportPage(priya.page);
  await agent.loaded();
  await agent.openTicket(SUBJECT);
  await agent.reply('Anything else?');
  await link.getByText('1', { exact: true }).waitFor();
  await client.openTicket(SUBJECT);
  await link.getByText('1', { exact: true }).waitFor({ state: 'detached' });
});
