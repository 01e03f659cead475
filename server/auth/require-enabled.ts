import type { MiddlewareHandler } from 'hono';
import { isAgentRole } from '../contract/vocabulary.ts';
import { SupportError } from '../contract/errors.ts';
import type { Deps } from '../deps.ts';
import { readSettings } from '../settings/service.ts';
import type { Env } from './env.ts';

/** Keeps clients out while support is switched off; agents and admins go on working. */
export function requireEnabled(deps: Deps): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (!isAgentRole(c.get('actor').role) && !(await readSettings(deps.db)).enabled) {
      throw new SupportError('support_disabled', 'Support is switched off at the moment.');
    }
    await next();
  };
}
