import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { createSupportCenter, type Environment, type SupportCenter } from '../server/support-center.ts';
import { createHost } from './host.ts';
import { createMailbox } from './mailbox.ts';
import { PEOPLE } from './people.ts';
import { seedSamples } from './seed.ts';
import { signSupportToken, type TokenSettings } from './sign-token.ts';

export interface DemoOptions {
  /** Folder of the demo's database and attachments. */
  data: string;
  /** Throws away what is there first. */
  fresh: boolean;
  /** Fills an empty database with sample tickets. */
  samples: boolean;
  env: Environment;
}

export interface Demo {
  url: string;
  /** How many sample tickets were made at this start. */
  seeded: number;
  stop(): Promise<void>;
}

/** The same server as `npm start`, mounted beside the routes of a host as any host would do it. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const port = readPort(options.env['PORT']);
  let handler: RequestListener = (_request, response) => response.writeHead(503).end('Starting…');
  const server = createServer((request, response) => handler(request, response));
  // First of all, so that a second demo does not touch the data of one that runs.
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, options.env['HOST'] || '127.0.0.1', resolve);
  });
  const url = `http://localhost:${(server.address() as AddressInfo).port}/`;
  const tokens: TokenSettings = {
    secret: options.env['AUTH_SECRET'] || randomBytes(48).toString('base64url'),
    issuer: 'https://acme-cloud.example',
    audience: 'support-center',
  };
  const env: Environment = {
    LOG_LEVEL: 'warn',
    ...options.env,
    // The other database, for those who want to see the demo on it.
    DATABASE_URL: options.env['DEMO_DATABASE_URL'] ?? `sqlite:${join(options.data, 'demo.db')}`,
    ATTACHMENTS_URL: `file:${join(options.data, 'demo-attachments')}`,
    AUTH_SECRET: tokens.secret,
    AUTH_JWKS_URL: undefined,
    AUTH_ISSUER: tokens.issuer,
    AUTH_AUDIENCE: tokens.audience,
    // Nobody in the demo has an address that exists: mails are always captured.
    RESEND_API_KEY: undefined,
    MAIL_FROM: 'Acme Cloud Support <support@acme-cloud.example>',
    TICKET_URL: `${url}support#support/tickets/{number}`,
  };
  try {
    if (options.fresh) await removeData(options.data);
    const seeded = options.samples ? await seedWhenEmpty(env, tokens) : 0;
    const support = createSupportCenter({ env });
    const host = createHost({ signToken: (person) => signSupportToken(person, tokens, Date.now()) });
    host.route('/mailbox', createMailbox(support.deps));
    host.route('/', support.app);
    handler = getRequestListener(host.fetch);
    support.startJobs();
    return {
      url,
      seeded,
      async stop() {
        server.close();
        server.closeIdleConnections();
        await support.stop();
        server.closeAllConnections();
      },
    };
  } catch (error) {
    server.close();
    throw error;
  }
}

async function removeData(folder: string): Promise<void> {
  for (const name of ['demo.db', 'demo.db-wal', 'demo.db-shm', 'demo-attachments']) {
    await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** The samples go through a support center of their own, whose clock starts a month ago. */
async function seedWhenEmpty(env: Environment, tokens: TokenSettings): Promise<number> {
  const start = Date.now();
  let time = start;
  const support = createSupportCenter({
    env: { ...env, RATE_LIMIT: 'off', LOG_LEVEL: 'error' },
    deps: { clock: { now: () => time } },
  });
  try {
    if (await hasTickets(support)) return 0;
    return await seedSamples({
      now: start,
      setTime: (ms) => (time = ms),
      async request(person, path, init = {}) {
        const headers = new Headers(init.headers);
        headers.set('authorization', `Bearer ${await signSupportToken(PEOPLE[person], tokens, time)}`);
        return await support.app.request(path, { ...init, headers });
      },
    });
  } finally {
    await support.stop();
  }
}

async function hasTickets(support: SupportCenter): Promise<boolean> {
  const row = await support.deps.db.selectFrom('tickets').select('id').limit(1).executeTakeFirst();
  return row !== undefined;
}

function readPort(value: string | undefined): number {
  if (value === undefined || value === '') return 8787;
  const port = /^\d{1,5}$/.test(value) ? Number(value) : NaN;
  if (!(port <= 65_535)) throw new Error('PORT: must be a whole number from 0 to 65535.');
  return port;
}
