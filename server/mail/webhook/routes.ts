import { Hono, type Context } from 'hono';
import type { Env } from '../../auth/env.ts';
import { notFound, SupportError } from '../../contract/errors.ts';
import { LIMITS } from '../../contract/limits.ts';
import type { Deps } from '../../deps.ts';
import { readText } from '../../request.ts';
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
      // Mail scanners follow every link: only the button, a POST, has an effect.
      await checkUnsubscribeToken(deps, c.req.param('token'));
      c.header('Content-Security-Policy', "default-src 'none'; form-action 'self'; frame-ancestors 'none'");
      return c.html(PAGE);
    })
    .post('/unsubscribe/:token', async (c) => {
      await unsubscribe(deps, c.req.param('token'));
      return c.text('You are unsubscribed from reminders.', 200);
    });
}

const PAGE = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Unsubscribe</title><h1>Unsubscribe from reminders?</h1>
<p>You still get the answers to your tickets.</p>
<form method="post"><button>Unsubscribe</button></form></html>
`;
