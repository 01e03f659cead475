import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { OWN_ENVIRONMENT } from '../own-process.ts';
import { answerOf } from './answer-of.ts';
import type { ServerAnswer, ServerLoad, ServerRequest } from './bench-server.ts';

/** A server in a process of its own, that tells what its work costs it. */
export interface MeasuredServer {
  port: number;
  /** Forgets what was measured so far. */
  begin(): Promise<void>;
  /** Since `begin`. */
  end(): Promise<ServerLoad>;
  /** Bytes resident, without the pages of the database file that are mapped; Linux alone tells. */
  resident(): number;
  stop(): Promise<void>;
}

/**
 * @param kind ours, or bare Hono that answers the rows of prepared statements to anybody
 * @param path of the database
 */
export async function startServer(kind: 'ours' | 'bare', path: string): Promise<MeasuredServer> {
  const file = fileURLToPath(new URL('bench-server.ts', import.meta.url));
  const server = fork(file, [kind, path], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, ...OWN_ENVIRONMENT },
  });
  const { port } = await answerOf<{ port: number }>(server);
  return {
    port,
    begin: async () => void (await ask(server, 'begin')),
    end: async () => (await ask(server, 'end')) as ServerLoad,
    resident: () => residentApart(server.pid!, path),
    async stop() {
      server.kill('SIGTERM');
      await once(server, 'exit');
    },
  };
}

async function ask(server: ChildProcess, request: ServerRequest): Promise<ServerAnswer> {
  server.send(request);
  return await answerOf<ServerAnswer>(server);
}

/** Asked from outside: to go through two gigabytes of mapped pages takes the process itself longer than any request. */
function residentApart(pid: number, file: string): number {
  let bytes = 0;
  let isOfFile = false;
  try {
    for (const line of readFileSync(`/proc/${pid}/smaps`, 'utf8').split('\n')) {
      if (/^[0-9a-f]+-[0-9a-f]+ /.test(line)) isOfFile = line.includes(file);
      else if (!isOfFile && line.startsWith('Rss:')) bytes += Number(/\d+/.exec(line)?.[0] ?? 0) * 1024;
    }
    return bytes;
  } catch {
    return NaN;
  }
}
