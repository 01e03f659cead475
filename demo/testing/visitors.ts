import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { browserArgs, requireBrowser } from '../../widget/testing/browser.ts';
import type { DemoPersonKey } from '../people.ts';

export interface VisitOptions {
  /** Of the host; default `support`. */
  path?: string;
  /** Of another host's page, in place of `path`. */
  url?: string;
  /** CSS pixels; default 1280. */
  width?: number;
  height?: number;
  scheme?: 'light' | 'dark';
  /** Source of a script that every page runs first. */
  script?: string;
  /** Before the page loads, such as to hold requests back. */
  prepare?: (page: Page) => Promise<unknown>;
}

/** One page of one person. */
export interface Visit {
  page: Page;
  context: BrowserContext;
  /** What the console called an error, scripts threw, or the content security policy refused. */
  problems: string[];
}

/** A real browser in which several people look at the demo at once, each with cookies of their own. */
export class Visitors {
  readonly #browser: Browser;
  readonly #url: string;

  private constructor(browser: Browser, url: string) {
    this.#browser = browser;
    this.#url = url;
  }

  /** @param url of the demo, with a slash at the end */
  static async open(url: string): Promise<Visitors> {
    const browser = await chromium.launch({
      executablePath: requireBrowser(),
      headless: true,
      chromiumSandbox: process.getuid?.() !== 0,
      args: browserArgs(),
    });
    return new Visitors(browser, url);
  }

  async visit(person: DemoPersonKey, options: VisitOptions = {}): Promise<Visit> {
    const scheme = options.scheme ?? 'light';
    const context = await this.#browser.newContext({
      viewport: { width: options.width ?? 1280, height: options.height ?? 900 },
      reducedMotion: 'reduce',
      locale: 'en-GB',
      timezoneId: 'UTC',
    });
    context.setDefaultTimeout(10_000);
    await context.addCookies([
      { name: 'acme_person', value: person, url: this.#url },
      { name: 'acme_scheme', value: scheme, url: this.#url },
    ]);
    if (options.script) await context.addInitScript({ content: options.script });
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(`${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => problems.push(String(error)));
    await options.prepare?.(page);
    await page.goto(options.url ?? `${this.#url}${options.path ?? 'support'}`);
    return { page, context, problems };
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}
