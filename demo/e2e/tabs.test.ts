import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileTicket, reply } from '../../server/testing/tickets.ts';
import { AGENT, CLIENT } from '../../server/testing/users.ts';
import { BufferingProxy, type Held } from '../testing/buffering-proxy.ts';
import { MailHost } from '../testing/mail-host.ts';
import { Visitors } from '../testing/visitors.ts';
import { SupportPage } from './support-page.ts';

let host: MailHost;
let visitors: Visitors;
let number: string;
beforeAll(async () => {
  host = await MailHost.start();
  visitors = await Visitors.open(`${host.origin}/`);
  ({ number } = await fileTicket(host.room.test.as(CLIENT)));
});
afterAll(async () => {
  await visitors?.close();
  await host?.close();
});

const answer = async (body: string) => await reply(host.room.test.as(AGENT), number, { body });
const ticketPage = () => host.pageOf('client', `#support/tickets/${number}`);

/** A tab of a browser: what it asked the server for, by path. */
interface Tab {
  page: Page;
  asked: string[];
}

function follow(page: Page): Tab {
  const asked: string[] = [];
  page.on('request', (one) => asked.push(new URL(one.url()).pathname));
  return { page, asked };
}

const streamsOf = ({ asked }: Tab): number => asked.filter((path) => path === '/api/events').length;
async function sees({ page }: Tab, text: string): Promise<void> {
  await new SupportPage(page).messages().getByText(text).waitFor();
}

test('the tabs of a person share one stream, which outlives the tab that holds it, and a sign-out', async () => {
  const { page, context, problems } = await visitors.visit('clara', { url: host.pageOf('client') });
  const open = async (): Promise<Tab> => {
    const tab = follow(await context.newPage());
    await tab.page.goto(ticketPage());
    await new SupportPage(tab.page).box('Reply').waitFor();
    return tab;
  };
  await page.close();
  const first = await open();
  await expect.poll(() => streamsOf(first)).toBe(1);
  const second = await open();
  const third = await open();

  await new SupportPage(second.page).box('Reply').fill('Half a reply');

  await answer('To all tabs.');
  for (const tab of [first, second, third]) await sees(tab, 'To all tabs.');
  expect([first, second, third].map(streamsOf)).toEqual([1, 0, 0]);

  // The tab that holds the stream goes. What is said before another has taken over is not lost.
  await first.page.close();
  await answer('While nobody held it.');
  for (const tab of [second, third]) await sees(tab, 'While nobody held it.');
  await expect.poll(() => streamsOf(second) + streamsOf(third)).toBe(1);
  expect(await new SupportPage(second.page).box('Reply').inputValue()).toBe('Half a reply');

  // Signed out in one tab: nothing of it goes on there, and all of it elsewhere.
  const [leader, follower] = streamsOf(second) > 0 ? [second, third] : [third, second];
  await leader.page.evaluate(() => document.querySelector('support-center')!.logout());
  await leader.page.getByText('You are signed out of support.').waitFor();
  const before = leader.asked.length;
  await answer('After the sign-out.');
  await sees(follower, 'After the sign-out.');
  await expect.poll(() => streamsOf(follower)).toBe(1);
  expect(leader.asked.slice(before)).toEqual([]);
  expect(await leader.page.getByText('After the sign-out.').count()).toBe(0);
  expect(problems).toEqual([]);
  await context.close();
});

test.each<Held>(['everything', 'body'])(
  'looks for itself behind a proxy that holds back %s',
  async (held) => {
    const proxy = await BufferingProxy.start(host.origin);
    proxy.held = held;
    const url = ticketPage().replace(host.origin, proxy.origin);
    // Time passes when the test says so.
    const { page, context } = await visitors.visit('clara', {
      url,
      prepare: (one) => one.clock.install(),
    });
    const tab = follow(page);
    await new SupportPage(page).box('Reply').waitFor();
    await expect.poll(() => proxy.streams).toBe(1);
    const words = `By another way, past ${held}.`;
    await answer(words);
    await page.clock.runFor(9_000);
    expect(await page.getByText(words).count()).toBe(0);
    // Ten seconds without a greeting say that it is held back; from then on the element looks every twenty.
    await page.clock.runFor(25_000);
    await sees(tab, words);
    await context.close();
    await proxy.close();
  },
);
