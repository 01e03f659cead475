import { Hono } from 'hono';
import { z } from 'zod';
import type { Env } from '../auth/env.ts';
import { SupportError } from '../contract/errors.ts';
import { SettingsInput } from '../contract/settings.ts';
import type { Actor, Deps } from '../deps.ts';
import { toETag } from '../if-match.ts';
import { readJson } from '../request.ts';
import { changeSettings, readSettingsVersion } from './service.ts';

/** An emptied text field means "none", and blanks around an address are never meant. */
const Body = z.preprocess(tidy, SettingsInput);

/** `GET` and `PUT /settings`, for admins. */
export function settingsRoutes(deps: Deps) {
  return new Hono<Env>()
    .get('/settings', async (c) => {
      requireAdmin(c.get('actor'));
      const { settings, version } = await readSettingsVersion(deps.db);
      c.header('ETag', toETag(version));
      c.header('Cache-Control', 'no-store');
      return c.json(settings, 200);
    })
    .put('/settings', async (c) => {
      const actor = c.get('actor');
      requireAdmin(actor);
      const input = await readJson(c, Body);
      const { settings, version } = await changeSettings(deps, actor, input, c.req.header('if-match'));
      c.header('ETag', toETag(version));
      return c.json(settings, 200);
    });
}

function requireAdmin(actor: Actor): void {
  if (actor.role !== 'admin') throw new SupportError('forbidden', 'Only admins may do this.');
}

function tidy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const tidied: Record<string, unknown> = { ...value };
  for (const name of ['supportUrl', 'notificationEmail']) {
    const text = tidied[name];
    if (typeof text === 'string') tidied[name] = text.trim() || null;
  }
  return tidied;
}
