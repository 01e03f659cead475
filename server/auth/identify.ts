import type { Context } from 'hono';
import { rememberUser, type LanguageHint } from '../agents/service.ts';
import { SupportError } from '../contract/errors.ts';
import type { Deps } from '../deps.ts';
import type { Gate } from '../http/gate.ts';
import { spokenLanguage } from './spoken-language.ts';
import { cacheVerified } from './token-cache.ts';
import { createVerifier, invalidToken } from './verify.ts';
import type { Env } from './env.ts';

/** Names under which hosts put tokens into URLs, where logs and `Referer` headers would keep them. */
const TOKEN_PARAMETERS = ['token', 'access_token', 'id_token', 'jwt'];
/** What no other query can do without. */
const MAY_NAME_TOKEN = /token|jwt|%/;
/** Longer than any token of ours; Node's own limit for all headers together is 16 KiB. */
const TOKEN_MAX_LENGTH = 12_000;

/**
 * Turns `Authorization: Bearer <jwt>` into `c.get('actor')`.
 *
 * @param refused called before a 401 goes out; may throw `rate_limited` instead
 * @throws SupportError `missing_token`, `invalid_token`
 */
export function identify(deps: Deps, refused: (c: Context<Env>) => Promise<void>): Gate {
  const verify = cacheVerified(createVerifier(deps.config.auth, deps.clock), deps.clock);
  return async (c) => {
    try {
      const token = readToken(c.req.header('authorization'), c.req.url);
      const known = verify(token);
      const { claims, expiresAt } = known instanceof Promise ? await known : known;
      c.set('tokenExpiresAt', expiresAt);
      const actor = rememberUser(deps, claims, hintOf(c));
      c.set('actor', actor instanceof Promise ? await actor : actor);
    } catch (error) {
      if (error instanceof SupportError && error.code.endsWith('_token')) await refused(c);
      throw error;
    }
  };
}

/**
 * What a request tells of its language. The element names its own when it starts and when somebody writes; others
 * may carry no more than what the browser is set to.
 */
function hintOf({ req }: Context<Env>): LanguageHint {
  return {
    locale: () => spokenLanguage(req.header('accept-language')),
    isNews: () =>
      req.method === 'POST'
        ? /\/(tickets|messages|reopen)$/.test(req.path)
        : /\/session$|[?&]include=session(&|$)/.test(req.url),
  };
}

function readToken(header: string | undefined, url: string): string {
  const query = url.indexOf('?');
  if (query !== -1 && MAY_NAME_TOKEN.test(url.slice(query))) {
    const names = new URLSearchParams(url.slice(query));
    if (TOKEN_PARAMETERS.some((name) => names.has(name))) throw invalidToken();
  }
  const given = header?.trim();
  if (!given) {
    throw new SupportError('missing_token', 'Send a token: Authorization: Bearer <jwt>.');
  }
  const scheme = /^Bearer +/i.exec(given)?.[0];
  if (scheme === undefined || given.length > TOKEN_MAX_LENGTH) throw invalidToken();
  return given.slice(scheme.length);
}
