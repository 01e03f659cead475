/** Five hundred people at once, for `mixed-load.ts`: a process of its own, so that their work is nobody else's. */
import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TicketPage } from '../contract/session.ts';
import { signToken } from '../testing/sign-token.ts';
import { createTestConfig } from '../testing/test-config.ts';
import { Random } from './random.ts';
import { nextRequest, type Seen } from './habits.ts';

export interface CrowdRequest {
  port: number;
  people: number;
  /** How many of them are agents. */
  agents: number;
  /** Milliseconds that one looks at what came, on average. 0: as fast as it goes. */
  pause: number;
  /** Ends after so many milliseconds or requests, whichever comes first. */
  until: { ms: number; requests?: number };
  tickets: number;
  clients: number;
}

export interface CrowdAnswer {
  requests: number;
  /** How many were refused, by the code of the problem. */
  refused: Record<string, number>;
  seconds: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  byKind: Record<string, { p50: number; p99: number; requests: number }>;
}

/** They come within so many milliseconds at least. */
const COMING_MS = 2000;

// Nobody is left to ask.
process.on('disconnect', () => process.exit());
process.on('message', async (asked: CrowdRequest) => process.send?.(await comeAndGo(asked)));

async function comeAndGo(asked: CrowdRequest): Promise<CrowdAnswer> {
  const { port, people, pause, until } = asked;
  const agent = new Agent({ keepAlive: true, maxSockets: people });
  const times = new Map<string, number[]>();
  const refused: Record<string, number> = {};
  let requests = 0;
  const start = performance.now();
  const isOver = () => performance.now() - start > until.ms || requests >= (until.requests ?? Infinity);
  const { auth } = createTestConfig();
  const person = async (n: number) => {
    const random = new Random(n + 1);
    const role = n < asked.agents ? 'agent' : 'client';
    const id =
      role === 'agent' ? `seed-agent-${(n % 12) + 1}` : `seed-client-${random.int(1, asked.clients)}`;
    // Several are the same person on several devices: a name that changed to and fro would be written each time.
    const user = { sub: id, name: `Somebody (${id})`, email: `${id}@load.example`, role } as const;
    const token = await signToken(user, auth, Date.now());
    // Not all in the same moment, which is when five hundred connections would be made.
    await sleep(random.next() * Math.max(pause, COMING_MS));
    let own: Seen[] = [];
    while (!isOver()) {
      const next = nextRequest(random, role, own, asked.tickets);
      requests += 1;
      const began = performance.now();
      const answer = await send(agent, port, token, next);
      const took = performance.now() - began;
      (times.get(next.kind) ?? times.set(next.kind, []).get(next.kind)!).push(took);
      if (answer.status >= 400) {
        const why = `${next.kind}: ${codeOf(answer)}`;
        refused[why] = (refused[why] ?? 0) + 1;
      } else if (next.kind === 'list') own = seenIn(answer.text);
      if (pause > 0) await sleep(-Math.log(1 - random.next()) * pause);
    }
  };
  await Promise.all(Array.from({ length: people }, (_, n) => person(n)));
  agent.destroy();
  const all = [...times.values()].flat();
  return {
    requests,
    refused,
    seconds: (performance.now() - start) / 1000,
    p50: quantile(all, 0.5),
    p99: quantile(all, 0.99),
    byKind: Object.fromEntries(
      [...times].map(([kind, of]) => [
        kind,
        { p50: quantile(of, 0.5), p99: quantile(of, 0.99), requests: of.length },
      ]),
    ),
  };
}

function send(
  agent: Agent,
  port: number,
  token: string,
  next: ReturnType<typeof nextRequest>,
): Promise<{ status: number; text: string }> {
  const { method, path, body } = next;
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/json', 'if-match': '*' }),
    };
    const sent = request({ port, host: '127.0.0.1', method, path, agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => (text += piece));
      response.once('end', () => resolve({ status: response.statusCode ?? 0, text }));
      response.once('error', reject);
    });
    sent.once('error', (error: NodeJS.ErrnoException) => {
      // Kept alive, and closed by the server in the moment it was used again: as any client, once more.
      const isStale = sent.reusedSocket && error.code === 'ECONNRESET';
      if (isStale) resolve(send(agent, port, token, next));
      else reject(error);
    });
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

function seenIn(text: string): Seen[] {
  const { tickets } = JSON.parse(text) as Pick<TicketPage, 'tickets'>;
  return tickets.map(({ number, status }) => ({ number, isClosed: status === 'closed' }));
}

function codeOf({ status, text }: { status: number; text: string }): string {
  try {
    return (JSON.parse(text) as { code: string }).code;
  } catch {
    return String(status);
  }
}

function quantile(times: readonly number[], q: number): number {
  const sorted = Float64Array.from(times).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? NaN;
}
