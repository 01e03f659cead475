import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core';
import { buildWidget } from '../../widget/build.ts';
import { browserArgs, requireBrowser } from '../../widget/testing/browser.ts';
import { createSupportCenter } from '../support-center.ts';
import { signToken } from '../testing/sign-token.ts';
import { createTestConfig } from '../testing/test-config.ts';
import { seededDatabase, removeDatabase } from './database.ts';

const TICKETS = 10_000;
const DEEP_CHAT = new URL('../../node_modules/deep-chat/dist/deepChat.bundle.js', import.meta.url);

/** Clients first load what they see; an agent's cards hold more. */
const USERS = {
  client: { sub: 'seed-client-1', name: 'Client', email: 'client@bench.example', role: 'client' },
  agent: { sub: 'seed-agent-1', name: 'Agent', email: 'agent@bench.example', role: 'agent' },
} as const;

/** What a host's page holds, by its path. */
const PAGES: Record<string, string> = {
  '/element': elementAs('client'),
  '/element-of-agent': elementAs('agent'),
  // The least that shows the same list: a token, one request, 25 lines of text.
  '/bare': `<ul></ul><script type="module">
    const { token } = await (await fetch('/token?as=client')).json();
    const answer = await fetch('/api/tickets?limit=25&include=counts', { headers: { authorization: 'Bearer ' + token } });
    for (const { number, subject } of (await answer.json()).tickets) {
      const row = document.createElement('li');
      row.dataset.number = number;
      row.textContent = number + ' ' + subject;
      document.querySelector('ul').append(row);
    }</script>`,
  '/deep-chat': `<script type="module" src="/deep-chat.js"></script><deep-chat></deep-chat>`,
};

function elementAs(user: keyof typeof USERS): string {
  return `<script type="module" src="/support-center.js"></script>
    <support-center token-url="/token?as=${user}"></support-center>`;
}

export interface ElementHost {
  /** A page in a browser profile of its own, with nothing in its cache. */
  open(path: keyof typeof PAGES, prepare?: (page: Page, cdp: CDPSession) => Promise<void>): Promise<OpenPage>;
  close(): Promise<void>;
}

export interface OpenPage {
  page: Page;
  cdp: CDPSession;
  close(): Promise<void>;
}

/** A host's page with the built element, over a seeded database, in Chromium. */
export async function openHost(): Promise<ElementHost> {
  const folder = mkdtempSync(join(tmpdir(), 'support-center-element-'));
  await buildWidget({ outdir: `${folder}/widget` });
  const path = seededDatabase(TICKETS);
  const config = createTestConfig({
    rateLimit: false,
    logLevel: 'silent',
    database: { kind: 'sqlite', path },
    attachments: { kind: 'file', path: folder },
  });
  const support = createSupportCenter({ config, widgetFolder: `${folder}/widget` });
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://bench');
    if (pathname === '/token') {
      response.setHeader('content-type', 'application/json');
      return response.end(
        JSON.stringify({
          token: await signToken(
            USERS[searchParams.get('as') as keyof typeof USERS],
            config.auth,
            Date.now(),
          ),
        }),
      );
    }
    if (pathname === '/deep-chat.js') {
      response.setHeader('content-type', 'text/javascript');
      return response.end(await readFile(DEEP_CHAT));
    }
    if (!(pathname in PAGES)) return support.handler(request, response);
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(
      `<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Host</title>${PAGES[pathname]}`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const browser: Browser = await chromium.launch({ executablePath: requireBrowser(), args: browserArgs() });
  return {
    async open(at, prepare) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
      const page = await context.newPage();
      const cdp = await context.newCDPSession(page);
      await page.addInitScript(watchPage);
      await prepare?.(page, cdp);
      await page.goto(`http://127.0.0.1:${port}${at}`);
      return { page, cdp, close: () => context.close() };
    },
    async close() {
      await browser.close();
      server.close();
      server.closeAllConnections();
      await support.stop();
      removeDatabase(path);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What the page keeps of itself. */
export interface Watched {
  /** Milliseconds since the navigation at which a list could be seen. */
  listAt?: number;
  /** Milliseconds from what somebody did to the frame that answers it. */
  interactions: number[];
  /** Everything below the document, shadow trees included. */
  all(): Element[];
}

/** Runs in the page, before anything of it. */
function watchPage(): void {
  const watched: Watched = {
    interactions: [],
    all() {
      const found: Element[] = [];
      const walk = (root: ParentNode) => {
        for (const element of root.querySelectorAll('*')) {
          found.push(element);
          if (element.shadowRoot) walk(element.shadowRoot);
        }
      };
      walk(document);
      return found;
    },
  };
  Object.assign(window, { watched });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) watched.interactions.push(duration);
  }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);
  // Walking all of the page in every frame would be work of its own.
  let isReady = false;
  document.addEventListener('support-ready', () => (isReady = true));
  const look = () => {
    const isHere = isReady
      ? watched.all().some((element) => (element as HTMLElement).dataset?.['number'])
      : document.querySelector('li') !== null;
    // The frame after this one shows it.
    if (isHere) requestAnimationFrame(() => (watched.listAt ??= performance.now()));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
