import type { ServerResponse } from 'node:http';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono, type Context } from 'hono';
import type { Env } from '../auth/env.ts';
import { LEEWAY_SECONDS } from '../auth/verify.ts';
import { EventsQuery, PresenceInput } from '../contract/presence.ts';
import type { Deps } from '../deps.ts';
import { completeHeaders } from '../http/headers.ts';
import { readJson, readQuery } from '../request.ts';
import { requireControl } from '../tickets/access.ts';
import { openStream, readBacklog, setPresence, toReader, type Live } from './service.ts';
import { nodeSink, webSink } from './sink.ts';
import type { Stream } from './streams.ts';

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  // Also keeps proxies from compressing it, which would hold it back.
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
};

export function liveRoutes(deps: Deps, live: Live) {
  return new Hono<Env>()
    .get('/events', async (c) => {
      const { include = [] } = readQuery(c, EventsQuery);
      if (c.req.method === 'HEAD') return c.body(null, 200, HEADERS);
      const reader = toReader(deps, c.get('actor'), {
        tokenExpiresAt: c.get('tokenExpiresAt'),
        leewayMs: LEEWAY_SECONDS * 1000,
        extras: include,
      });
      const stream = openStream(deps, live, reader);
      try {
        await live.followSettings();
        const { frames, lastSeq } = await readBacklog(deps, reader, c.req.header('last-event-id'));
        return answer(c, live, stream, (sink) => live.streams.begin(stream, sink, frames, lastSeq));
      } catch (error) {
        live.streams.close(stream);
        throw error;
      }
    })
    .put('/tickets/:number/presence', async (c) => {
      const number = c.req.param('number');
      await requireControl(deps, c.get('actor'), number, 'manageTickets');
      const input = await readJson(c, PresenceInput);
      return c.json(await setPresence(deps, live, c.get('actor'), number, input));
    });
}

type Begin = (sink: ReturnType<typeof nodeSink>) => void;

/** On Node straight onto the response; elsewhere as a web stream. */
function answer(c: Context<Env>, live: Live, stream: Stream, begin: Begin): Response {
  // With those of every answer: origin, security headers, request id.
  const headers = completeHeaders(c, HEADERS);
  const raw = (c.env as { outgoing?: ServerResponse } | undefined)?.outgoing;
  if (raw && !raw.headersSent) {
    sendRaw(raw, headers, live, stream, begin);
    return RESPONSE_ALREADY_SENT;
  }
  const { sink, body } = webSink(c.req.raw.signal, () => live.streams.close(stream));
  begin(sink);
  return new Response(body, { status: 200, headers });
}

/** A function of its own: what stays for as long as the stream must not hold on to the request's context. */
function sendRaw(
  raw: ServerResponse,
  headers: Record<string, string>,
  live: Live,
  stream: Stream,
  begin: Begin,
): void {
  // Ends with its connection: with a length of its own, every event would go out in four pieces.
  const isOwnConnection = raw.req.httpVersionMajor === 1;
  if (isOwnConnection) raw.removeHeader('Transfer-Encoding');
  raw.writeHead(200, isOwnConnection ? { ...headers, Connection: 'close' } : headers);
  const sink = nodeSink(raw, () => live.streams.close(stream));
  if (raw.destroyed) live.streams.close(stream);
  else begin(sink);
}
