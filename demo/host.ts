import { readFile } from 'node:fs/promises';
import { Hono, type Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { html, raw } from 'hono/html';
import { pinnedTag, readReference, renderRecipes, tokensAsJson } from './docs-page.ts';
import { findPerson, PEOPLE, type DemoPerson, type DemoPersonKey } from './people.ts';

export interface HostOptions {
  /** Signs the token of the person who is signed in. */
  signToken(person: DemoPerson): Promise<string>;
}

const PAGES = {
  '/': { page: 'overview', title: 'Overview' },
  '/sites': { page: 'sites', title: 'Sites' },
  '/billing': { page: 'billing', title: 'Billing' },
  '/support': { page: 'support', title: 'Support' },
  '/mailbox': { page: 'mailbox', title: 'Mailbox' },
  '/playground': { page: 'playground', title: 'Playground' },
  '/docs': { page: 'docs', title: 'Docs' },
} as const;

/** Everything that the host allows on its pages: the element needs no more than this. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' blob:",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');

/** What the content of single pages is made of, besides their file. */
const CONTENT: Partial<Record<string, () => Promise<Record<string, string>>>> = {
  docs: async () => ({
    recipes: await renderRecipes(),
    reference: await readReference(),
    pinned: await pinnedTag(),
  }),
  playground: async () => ({ tokens: await tokensAsJson() }),
};

/** The looks of `assets/themes.css`. */
const THEMES = ['default', 'dense', 'rounded', 'contrast'];

const TYPES: Record<string, string> = { css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' };
const SESSION = 'acme_person';
const ROOM = new URL('.', import.meta.url);

/** "Acme Cloud": the dashboard that the support center is dropped into, with accounts and pages of its own. */
export function createHost(options: HostOptions): Hono {
  const host = new Hono();
  for (const [path, { page, title }] of Object.entries(PAGES)) {
    host.get(path, async (c) => {
      c.header('Content-Security-Policy', POLICY);
      c.header('Cache-Control', 'no-store');
      return c.html(await renderPage(c, page, title));
    });
  }
  host.get('/assets/:file{[a-z-]+\\.(?:css|js|svg)}', async (c) => {
    const file = c.req.param('file');
    const content = await readFile(new URL(`assets/${file}`, ROOM)).catch(() => null);
    if (!content) return c.notFound();
    return c.body(content, 200, {
      'Content-Type': `${TYPES[file.split('.')[1]!]}; charset=utf-8`,
      'Cache-Control': 'no-cache',
      'X-Content-Type-Options': 'nosniff',
    });
  });
  host.post('/sign-in', async (c) => {
    const form = await c.req.parseBody();
    const person = findPerson(typeof form['person'] === 'string' ? form['person'] : undefined);
    if (!person) return c.text('There is no such demo account.', 422);
    setCookie(c, SESSION, person.key, { path: '/', httpOnly: true, sameSite: 'Lax' });
    const back = URL.parse(c.req.header('referer') ?? '', c.req.url);
    return c.redirect(back && Object.hasOwn(PAGES, back.pathname) ? back.pathname : '/support', 303);
  });
  // What `token-url` of the element names: the host's backend vouches for its own signed-in user.
  host.get('/support-token', async (c) => {
    c.header('Cache-Control', 'no-store');
    return c.json({ token: await options.signToken(signedIn(c)) });
  });
  return host;
}

function signedIn(c: Context): DemoPerson & { key: DemoPersonKey } {
  return findPerson(getCookie(c, SESSION)) ?? findPerson('clara')!;
}

async function renderPage(c: Context, page: string, title: string): Promise<string> {
  const [shell, content] = await Promise.all(
    ['shell', page].map((name) => readFile(new URL(`pages/${name}.html`, ROOM), 'utf8')),
  );
  const current = signedIn(c);
  const people = Object.entries(PEOPLE).map(([key, { name, role, company }]) => {
    const selected = key === current.key ? raw('selected') : '';
    const label = `${name} (${role === 'client' ? company : role})`;
    // Only values that are promises would make it one.
    return html`<option value="${key}" ${selected}>${label}</option>` as string;
  });
  const values: Record<string, string> = {
    page,
    title,
    // The element on this page has "Support" as its own heading.
    heading: page === 'support' ? 'Help' : title,
    people: people.join(''),
    content: content!,
    ...(await CONTENT[page]?.()),
    'first-name': current.name.split(' ')[0]!,
    scheme: getCookie(c, 'acme_scheme') === 'dark' ? 'dark' : 'light',
    theme: THEMES.find((name) => name === getCookie(c, 'acme_theme')) ?? 'default',
    lang: /^[a-z]{2}(-[A-Z]{2})?$/.test(c.req.query('lang') ?? '') ? c.req.query('lang')! : 'en',
    dir: c.req.query('dir') === 'rtl' ? 'rtl' : 'ltr',
  };
  const fill = (text: string) => text.replace(/\{\{([a-z-]+)\}\}/g, (_, name: string) => values[name] ?? '');
  // The content has places of its own.
  return fill(fill(shell!));
}
