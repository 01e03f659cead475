import { Hono } from 'hono';
import type { Env } from '../../auth/env.ts';
import { QuarantineQuery, ReleaseMail } from '../../contract/mail.ts';
import type { Deps } from '../../deps.ts';
import { readJson, readQuery } from '../../request.ts';
import { dropMail, listQuarantine, readOriginal, releaseMail } from './quarantine.ts';
import { retryMail } from '../retry.ts';

/** What agents see of mails: the quarantine, what is behind a message, and another attempt for one that failed. */
export function mailRoutes(deps: Deps) {
  return new Hono<Env>()
    .get('/quarantine', async (c) => {
      return c.json(await listQuarantine(deps, c.get('actor'), readQuery(c, QuarantineQuery)));
    })
    .post('/quarantine/:id/release', async (c) => {
      const input = await readJson(c, ReleaseMail);
      const { signal } = c.req.raw;
      return c.json(await releaseMail(deps, c.get('actor'), c.req.param('id'), input, signal));
    })
    .delete('/quarantine/:id', async (c) => {
      await dropMail(deps, c.get('actor'), c.req.param('id'));
      return c.body(null, 204);
    })
    .get('/tickets/:number/messages/:id/original', async (c) => {
      return c.json(await readOriginal(deps, c.get('actor'), c.req.param('number'), c.req.param('id')));
    })
    .post('/tickets/:number/messages/:id/mail', async (c) => {
      return c.json(await retryMail(deps, c.get('actor'), c.req.param('number'), c.req.param('id')));
    });
}
