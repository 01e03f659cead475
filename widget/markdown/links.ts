import { holdsBidiControl } from './bidi.ts';

/** An address found in the text: where it ends, what stands there, and where it leads if that is safe. */
export interface FoundLink {
  end: number;
  href: string | null;
  text: string;
}

const URL_MAX_LENGTH = 2000;

/**
 * The address if it is one that may be clicked: http, https or mailto; without a user name, which disguises the
 * host (`https://bank.example@evil.example`); without characters that change how it reads.
 */
export function safeHref(address: string): string | null {
  if (address.length > URL_MAX_LENGTH || holdsBidiControl(address)) return null;
  const url = parseUrl(address);
  if (!url) return null;
  if (url.protocol === 'mailto:') return url.pathname.includes('@') ? url.href : null;
  const web = url.protocol === 'https:' || url.protocol === 'http:';
  // `https:evil.example` would parse too.
  return web && /^https?:\/\//i.test(address) && !url.username && !url.password ? url.href : null;
}

function parseUrl(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}

/**
 * A bare `https://…` or `name@example.com` that begins at `at`, without the punctuation of the sentence around it.
 *
 * @param inBrackets the text of a `[link](…)` is being read: it ends at the bracket
 */
export function findBareLink(source: string, at: number, inBrackets: boolean): FoundLink | null {
  return findWebAddress(source, at, inBrackets) ?? findMailAddress(source, at);
}

const WEB = /https?:\/\/[^\s<>"`\u3000-\u303f\uff00-\uff0f]*/iy;
const WEB_IN_BRACKETS = /https?:\/\/[^\s<>"`\]\u3000-\u303f\uff00-\uff0f]*/iy;

function findWebAddress(source: string, at: number, inBrackets: boolean): FoundLink | null {
  const pattern = inBrackets ? WEB_IN_BRACKETS : WEB;
  pattern.lastIndex = at;
  const found = pattern.exec(source)?.[0];
  if (found === undefined) return null;
  let excess = 0;
  for (const char of found) excess += char === ')' ? 1 : char === '(' ? -1 : 0;
  let length = found.length;
  for (; length > 0; length -= 1) {
    const last = found[length - 1]!;
    if (last === ')' && excess > 0) excess -= 1;
    else if (!"?!.,:;*_~']".includes(last)) break;
  }
  const text = found.slice(0, length);
  return { end: at + length, href: safeHref(text), text };
}

// Every part has a bound or ends at a character that the next one cannot hold: linear.
const MAIL = /[a-z0-9][a-z0-9._%+-]{0,63}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}/iy;

function findMailAddress(source: string, at: number): FoundLink | null {
  MAIL.lastIndex = at;
  if (!MAIL.test(source)) return null;
  const text = source.slice(at, MAIL.lastIndex).replace(/-+$/, '');
  const href = safeHref(`mailto:${text}`);
  return href ? { end: at + text.length, href, text } : null;
}

/**
 * The `(https://…)` that follows a link's text. Ends at brackets and white space, so that no stretch of the text is
 * read twice.
 *
 * @param at the index of the opening parenthesis
 */
export function findTarget(source: string, at: number): { end: number; href: string } | null {
  if (source[at] !== '(') return null;
  let depth = 0;
  for (let end = at; end < source.length && end - at <= URL_MAX_LENGTH; end += 1) {
    const char = source[end]!;
    if (/[\s[\]<>]/.test(char)) return null;
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    if (depth === 0) {
      const href = safeHref(source.slice(at + 1, end));
      return href ? { end: end + 1, href } : null;
    }
  }
  return null;
}
