import { openHost, type ElementHost, type OpenPage, type Watched } from './element-host.ts';
import { measureManyTickets } from './element-many.ts';
import type { Figure } from './figure.ts';
import { longestTask } from './longest-task.ts';

const ROUNDS = 5;
const THROTTLE = 4;

declare const watched: Watched;

/** The element in a browser. */
export async function measureElement(): Promise<Figure[]> {
  const host = await openHost();
  try {
    return [
      ...(await measureLoading(host)),
      ...(await measureUsable(host)),
      ...(await measureScript(host)),
      ...(await measureManyTickets(host)),
      ...(await measureTyping(host)),
    ];
  } finally {
    await host.close();
  }
}

const base = { group: 'element', tickets: null };

/** What is fetched from the script tag to the first list. */
async function measureLoading(host: ElementHost): Promise<Figure[]> {
  const requests: Array<{ at: number; url: string; id: string }> = [];
  const sizes = new Map<string, number>();
  const opened = await host.open('/element', async (_page, cdp) => {
    await cdp.send('Network.enable');
    cdp.on('Network.requestWillBeSent', ({ requestId, request, timestamp }) => {
      if (request.url.startsWith('http')) requests.push({ at: timestamp, url: request.url, id: requestId });
    });
    cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
      sizes.set(requestId, encodedDataLength),
    );
  });
  await listIn(opened);
  await opened.page.waitForTimeout(1500);
  await opened.close();
  const last = requests.findIndex(({ url }) => url.includes('/api/tickets'));
  // The first is the host's own page.
  const needed = requests.slice(1, last + 1);
  const bytes = needed.reduce((sum, { id }) => sum + (sizes.get(id) ?? 0), 0);
  const code = needed.filter(({ url }) => url.endsWith('.js'));
  const names = needed.map(({ url }) => new URL(url).pathname.split('/').at(-1)).join(', ');
  return [
    {
      ...base,
      name: 'requests from the script to the list',
      unit: 'requests',
      value: needed.length,
      goal: { most: 4 },
      note: names,
    },
    { ...base, name: 'bytes from the script to the list, headers included', unit: 'bytes', value: bytes },
    {
      ...base,
      name: 'of it code',
      unit: 'bytes',
      value: code.reduce((sum, { id }) => sum + (sizes.get(id) ?? 0), 0),
      goal: { most: 20_000 },
    },
  ];
}

/** From the navigation to the list, on a processor of a quarter of the speed. */
async function measureUsable(host: ElementHost): Promise<Figure[]> {
  const slow = async (path: '/element' | '/bare') => {
    const opened = await host.open(path, async (_page, cdp) => {
      await cdp.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE });
    });
    const at = await listIn(opened);
    await opened.close();
    return at;
  };
  let [ours, bare] = [Infinity, Infinity];
  for (let round = 0; round < ROUNDS; round++) {
    ours = Math.min(ours, await slow('/element'));
    bare = Math.min(bare, await slow('/bare'));
  }
  const name = `list usable at ${THROTTLE} × throttling`;
  return [
    { ...base, name: `${name}, times a bare page with the same list`, unit: '×', value: ours / bare },
    { ...base, name, unit: 'ms', value: ours },
  ];
}

/** The script time of a list of 25 against deep-chat's start without a message, in time of the processor. */
async function measureScript(host: ElementHost): Promise<Figure[]> {
  const run = async (path: '/element' | '/deep-chat') => {
    const opened = await host.open(path, async (_page, cdp) => {
      await cdp.send('Performance.setTimeDomain', { timeDomain: 'threadTicks' });
      await cdp.send('Performance.enable');
    });
    if (path === '/element') await listIn(opened);
    else
      await opened.page.waitForFunction(() =>
        document.querySelector('deep-chat')?.shadowRoot?.querySelector('#input'),
      );
    const { metrics } = await opened.cdp.send('Performance.getMetrics');
    await opened.close();
    return metrics.find(({ name }) => name === 'ScriptDuration')!.value * 1000;
  };
  let [ours, theirs] = [Infinity, Infinity];
  for (let round = 0; round < ROUNDS; round++) {
    ours = Math.min(ours, await run('/element'));
    theirs = Math.min(theirs, await run('/deep-chat'));
  }
  return [
    {
      ...base,
      name: "script of 25 cards, times deep-chat's empty start",
      unit: '×',
      value: ours / theirs,
      goal: { most: 0.6 },
    },
    { ...base, name: 'script of 25 cards', unit: 'ms', value: ours },
    {
      ...base,
      name: 'longest task until the list',
      unit: 'ms',
      value: await longestUntilList(host),
      goal: { most: 50 },
    },
  ];
}

async function longestUntilList(host: ElementHost): Promise<number> {
  const opened = await host.open('/element');
  let longest = Infinity;
  for (let round = 0; round < 3; round++) {
    const load = async () => {
      await opened.page.reload();
      await listIn(opened);
    };
    longest = Math.min(longest, await longestTask(opened.page, load));
  }
  await opened.close();
  return longest;
}

/** Typing into the search while its results stream in. */
async function measureTyping(host: ElementHost): Promise<Figure[]> {
  const opened = await host.open('/element-of-agent');
  await listIn(opened);
  const search = opened.page.getByRole('searchbox');
  await search.click();
  await opened.page.waitForTimeout(500);
  await opened.page.evaluate(() => void (watched.interactions.length = 0));
  const longest = await longestTask(opened.page, async () => {
    for (const word of ['invoice', 'dashboard', 'webhook', 'sign in']) {
      await search.pressSequentially(word, { delay: 90 });
      await search.fill('');
    }
    await opened.page.waitForTimeout(500);
  });
  const interactions = await opened.page.evaluate(() => watched.interactions);
  await opened.close();
  const slowest = Math.max(16, ...interactions);
  return [
    {
      ...base,
      name: 'slowest answer to a key while results stream in',
      unit: 'ms',
      value: slowest,
      goal: { most: 100 },
    },
    { ...base, name: 'longest task meanwhile', unit: 'ms', value: longest, goal: { most: 50 } },
  ];
}

/** @returns milliseconds from the navigation to the list */
async function listIn({ page }: OpenPage): Promise<number> {
  await page.waitForFunction(() => watched.listAt, null, { timeout: 30_000 });
  return page.evaluate(() => watched.listAt!);
}
