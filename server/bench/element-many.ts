import type { TicketPage } from '../contract/session.ts';
import type { ElementHost, Watched } from './element-host.ts';
import type { Figure } from './figure.ts';
import { longestTask } from './longest-task.ts';

const MANY = 10_000;
const STEPS = 80;

declare const watched: Watched & { parsedAt: number };

/** Ten thousand tickets loaded and scrolled, against the same cards all at once. */
export async function measureManyTickets(host: ElementHost): Promise<Figure[]> {
  const { page, close } = await host.open('/element-of-agent');
  await page.waitForFunction(() => watched.listAt);
  // The next page holds all of the rest: as after hundreds of pages, at once.
  await page.route('**/api/tickets?*cursor=*', async (route) => {
    const answer = (await (await route.fetch()).json()) as TicketPage;
    const tickets = Array.from({ length: MANY - 25 }, (_, n) => ({
      ...answer.tickets[n % answer.tickets.length]!,
      number: `SUP-${2_000_000 + n}`,
    }));
    await route.fulfill({ json: { ...answer, tickets, nextCursor: null } });
  });
  const ours = await page.evaluate(loadMany);
  await page.waitForFunction(() => watched.all().some((one) => one.ariaSetSize === '10000'));
  let nodes = 0;
  const longest = await longestTask(
    page,
    async () => void (nodes = await page.evaluate(scrollThrough, STEPS)),
  );
  const plain = await page.evaluate(drawPlain, MANY);
  await close();
  const base = { group: 'element', tickets: null };
  return [
    {
      ...base,
      name: `${MANY.toLocaleString('en')} tickets: first paint, times that of the plain list`,
      unit: '×',
      value: ours / plain,
      goal: { most: 0.05 },
      note: `${ours.toFixed(0)} ms, plain ${plain.toFixed(0)} ms`,
    },
    {
      ...base,
      name: `${MANY.toLocaleString('en')} tickets scrolled: elements at most`,
      unit: 'nodes',
      value: nodes,
      goal: { most: 2000 },
    },
    {
      ...base,
      name: `${MANY.toLocaleString('en')} tickets scrolled: longest task`,
      unit: 'ms',
      value: longest,
      goal: { most: 50 },
    },
  ];
}

/** Runs in the page. @returns milliseconds from the parsed answer to the frame that shows it */
async function loadMany(): Promise<number> {
  const { json } = Response.prototype;
  let parsedAt = 0;
  Response.prototype.json = async function (this: Response) {
    const value: unknown = await json.call(this);
    if (this.url.includes('cursor=')) parsedAt = performance.now();
    return value;
  };
  const cards = () => watched.all().filter((one) => (one as HTMLElement).dataset?.['number']);
  const more = watched.all().find((one) => one.matches('.more button'));
  (more as HTMLElement).click();
  while (parsedAt === 0 || cards().length <= 25)
    await new Promise((resolve) => requestAnimationFrame(resolve));
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  Response.prototype.json = json;
  return performance.now() - parsedAt;
}

/** Runs in the page: through the whole list, a step a frame. @returns how many elements there were at most */
async function scrollThrough(steps: number): Promise<number> {
  const { documentElement } = document;
  let nodes = 0;
  for (let step = 0; step <= steps; step++) {
    scrollTo({ top: (documentElement.scrollHeight * step) / steps, behavior: 'instant' });
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    if (step % 8 === 0) nodes = Math.max(nodes, watched.all().length);
  }
  return nodes;
}

/** Runs in the page: the same cards, all of them. @returns milliseconds until the frame that shows them */
async function drawPlain(count: number): Promise<number> {
  const card = watched.all().find((one) => (one as HTMLElement).dataset?.['number']) as HTMLElement;
  const from = card.getRootNode() as ShadowRoot;
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [...from.adoptedStyleSheets];
  card.removeAttribute('style');
  card.style.contentVisibility = 'visible';
  const list = document.createElement('div');
  list.className = 'rows for-agent';
  root.append(list);
  const start = performance.now();
  const rows = document.createElement('ul');
  for (let n = 0; n < count; n++) rows.append(card.cloneNode(true));
  list.append(rows);
  document.body.prepend(host);
  scrollTo({ top: 0, behavior: 'instant' });
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  return performance.now() - start;
}
