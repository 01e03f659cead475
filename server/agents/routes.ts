import { Hono } from 'hono';
import type { Env } from '../auth/env.ts';
import { SupportError } from '../contract/errors.ts';
import type { AgentsAnswer } from '../contract/session.ts';
import type { Deps } from '../deps.ts';
import { permissionsOf } from '../rules/permissions.ts';
import { readAgents } from './service.ts';

export function agentRoutes(deps: Deps) {
  return new Hono<Env>().get('/agents', async (c) => {
    if (!permissionsOf(c.get('actor').role).manageTickets) {
      throw new SupportError('forbidden', 'Only agents can see who the agents are.');
    }
    return c.json({ agents: await readAgents(deps) } satisfies AgentsAnswer);
  });
}
