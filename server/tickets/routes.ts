import { Hono, type Context } from 'hono';
import type { Env } from '../auth/env.ts';
import type { CountsAnswer } from '../contract/session.ts';
import {
  MessageListQuery,
  NewMessage,
  NewTicket,
  Close,
  Reopen,
  TicketFilter,
  TicketListQuery,
  TicketPatch,
  type HistoryAnswer,
  type Ticket,
} from '../contract/tickets.ts';
import type { Deps } from '../deps.ts';
import { answerConditionally } from '../http/conditional.ts';
import { toETag } from '../if-match.ts';
import { readJson, readQuery } from '../request.ts';
import { requireControl } from './access.ts';
import { changeTicket, closeTicket, deleteTicket, reopenTicket } from './control.ts';
import { createTicket } from './create.ts';
import { readIdempotencyKey } from './idempotency.ts';
import { countTickets, listTicketsAsJson } from './list.ts';
import { listHistory, listMessagesAsJson, readTicket } from './read.ts';
import { postMessage } from './reply.ts';

const CountsQuery = TicketFilter.omit({ status: true });

export function ticketRoutes(deps: Deps) {
  return new Hono<Env>()
    .get('/tickets', async (c) => {
      const query = readQuery(c, TicketListQuery);
      return answerConditionally(c, deps, () => listTicketsAsJson(deps, c.get('actor'), query));
    })
    .get('/tickets/counts', async (c) => {
      const query = readQuery(c, CountsQuery);
      return answerConditionally(c, deps, async () => {
        const counts = await countTickets(deps, c.get('actor'), query);
        return [JSON.stringify({ counts } satisfies CountsAnswer)];
      });
    })
    .post('/tickets', async (c) => {
      const key = readIdempotencyKey(c.req.header('idempotency-key'));
      const input = await readJson(c, NewTicket);
      const ticket = await createTicket(deps, c.get('actor'), input, key);
      return c.json(ticket, 201, { ETag: toETag(ticket.version), Location: `/api/tickets/${ticket.number}` });
    })
    .get('/tickets/:number', async (c) => {
      return answer(c, await readTicket(deps, c.get('actor'), c.req.param('number')));
    })
    .patch('/tickets/:number', async (c) => {
      const number = c.req.param('number');
      await requireControl(deps, c.get('actor'), number, 'manageTickets');
      const patch = await readJson(c, TicketPatch);
      return answer(c, await changeTicket(deps, c.get('actor'), number, patch, c.req.header('if-match')));
    })
    .delete('/tickets/:number', async (c) => {
      await deleteTicket(deps, c.get('actor'), c.req.param('number'));
      return c.body(null, 204);
    })
    .post('/tickets/:number/close', async (c) => {
      const input = await readJson(c, Close);
      return answer(c, await closeTicket(deps, c.get('actor'), c.req.param('number'), input));
    })
    .post('/tickets/:number/reopen', async (c) => {
      const input = await readJson(c, Reopen);
      return answer(c, await reopenTicket(deps, c.get('actor'), c.req.param('number'), input));
    })
    .get('/tickets/:number/messages', async (c) => {
      const query = readQuery(c, MessageListQuery);
      const number = c.req.param('number');
      return answerConditionally(c, deps, () => listMessagesAsJson(deps, c.get('actor'), number, query));
    })
    .post('/tickets/:number/messages', async (c) => {
      const key = readIdempotencyKey(c.req.header('idempotency-key'));
      const input = await readJson(c, NewMessage);
      const ifMatch = c.req.header('if-match');
      const number = c.req.param('number');
      const message = await postMessage(deps, c.get('actor'), number, input, key, undefined, ifMatch);
      return c.json(message, 201);
    })
    .get('/tickets/:number/history', async (c) => {
      const entries = await listHistory(deps, c.get('actor'), c.req.param('number'));
      return c.json({ entries } satisfies HistoryAnswer);
    });
}

function answer(c: Context<Env>, ticket: Ticket) {
  return c.json(ticket, 200, { ETag: toETag(ticket.version) });
}
