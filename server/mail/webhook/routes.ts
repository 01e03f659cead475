import { Hono, type Context } from 'hono';
import type { Env } from '../../auth/env.ts';
import { spokenLanguage } from '../../auth/spoken-language.ts';
import { notFound, SupportError } from '../../contract/errors.ts';
import { LIMITS } from '../../contract/limits.ts';
import type { Deps } from '../../deps.ts';
import { readText } from '../../request.ts';
import { mailTextFor, type MailText } from '../templates/mail-text.ts';
import { unsubscribePage } from '../templates/unsubscribe-page.ts';
import { checkUnsubscribeToken, unsubscribe } from '../unsubscribe.ts';
import { takeEvent } from './service.ts';

/**
 * The provider's events: signed, in place of a token.
 *
 * @param refused called for each wrong signature; may throw `rate_limited` instead
 */
export function webhookRoutes(deps: Deps, refused: (c: Context<Env>) => Promise<void>) {
  return new Hono<Env>().post('/webhooks/resend', async (c) => {
    if (deps.config.mail.webhookSecret === undefined) throw notFound();
    const body = await readText(c.req.raw, LIMITS.jsonMaxBytes);
    const header = (name: string) => c.req.header(`svix-${name}`) ?? c.req.header(`webhook-${name}`);
    const headers = {
      id: header('id')?.slice(0, 200),
      timestamp: header('timestamp'),
      signature: header('signature'),
    };
    try {
      await takeEvent(deps, headers, body);
    } catch (error) {
      if (error instanceof SupportError && error.code === 'invalid_token') await refused(c);
      throw error;
    }
    return c.json({ received: true }, 200);
  });
}

/** One-click unsubscribing (RFC 8058), by the signed link of a mail. */
export function unsubscribeRoutes(deps: Deps) {
  return new Hono<Env>()
    .get('/unsubscribe/:token', async (c) => {
      await checkUnsubscribeToken(deps, c.req.param('token'));
      c.header('Content-Security-Policy', "default-src 'none'; form-action 'self'; frame-ancestors 'none'");
      return c.html(unsubscribePage(textOf(c)));
    })
    .post('/unsubscribe/:token', async (c) => {
      await unsubscribe(deps, c.req.param('token'));
      return c.text(textOf(c).t('unsubscribe.done'), 200);
    });
}

/** Of who opens the link: the address in it may be anybody's. */
function textOf(c: Context<Env>): MailText {
  return mailTextFor(spokenLanguage(c.req.header('accept-language')));
}
