import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import type { RawDatabase } from '../db/open.ts';
import { createSupportCenter } from '../support-center.ts';
import { signToken } from '../testing/sign-token.ts';
import { createTestConfig } from '../testing/test-config.ts';
import { AGENT } from '../testing/users.ts';
import type { LoadRequest } from './load.ts';

export interface HttpFigures {
  /** Microseconds of the server's processor for a list of 25, everything included. */
  ours: number;
  /** The same for bare Hono that answers the rows of a prepared statement, to anybody. */
  bare: number;
  /** Requests in the time that bare Hono takes for one. */
  timesBare: number;
}

const REQUESTS = 1000;
const ROUNDS = 5;
const ROWS = `SELECT t.*, r.external_id, r.name, r.email, a.external_id AS assignee, a.name AS assignee_name,
  x.message_id FROM tickets t CROSS JOIN users r ON r.id = t.requester_id
  LEFT JOIN users a ON a.id = t.assignee_id LEFT JOIN ticket_reads x ON x.user_id = +? AND x.ticket_id = t.id
  ORDER BY t.id DESC LIMIT 25`;

/** The authenticated list over HTTP, in turns with the least that serves the same rows. */
export async function measureHttp(path: string, raw: RawDatabase): Promise<HttpFigures> {
  const config = createTestConfig({
    rateLimit: false,
    logLevel: 'silent',
    database: { kind: 'sqlite', path },
    port: 0,
  });
  const support = createSupportCenter({ config });
  const { port } = await support.start();
  const rows = raw.prepare(ROWS);
  const app = new Hono().get('/api/tickets', (c) => c.json({ tickets: rows.all(1) }));
  const server = createServer(getRequestListener(app.fetch)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const barePort = (server.address() as AddressInfo).port;
  const token = await signToken(AGENT, config.auth, Date.now());
  const load = fork(fileURLToPath(new URL('load.ts', import.meta.url)));
  const run = async (port: number): Promise<number> => {
    const before = process.cpuUsage();
    load.send({ port, token, requests: REQUESTS } satisfies LoadRequest);
    await once(load, 'message');
    const { user, system } = process.cpuUsage(before);
    return (user + system) / REQUESTS;
  };
  try {
    let [ours, bare] = [Infinity, Infinity];
    for (let round = 0; round < ROUNDS; round++) {
      ours = Math.min(ours, await run(port));
      bare = Math.min(bare, await run(barePort));
    }
    return { ours, bare, timesBare: bare / ours };
  } finally {
    load.kill();
    server.close();
    server.closeAllConnections();
    await support.stop();
  }
}
