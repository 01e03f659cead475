import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { answerOf } from './answer-of.ts';
import type { ServerAnswer, ServerLoad, ServerRequest } from './bench-server.ts';

/** A server in a process of its own, that tells what its work costs it. */
export interface MeasuredServer {
  port: number;
  /** Forgets what was measured so far. */
  begin(): Promise<void>;
  /** Since `begin`. */
  end(): Promise<ServerLoad>;
  stop(): Promise<void>;
}

/**
 * @param kind ours, or bare Hono that answers the rows of prepared statements to anybody
 * @param path of the database
 */
export async function startServer(kind: 'ours' | 'bare', path: string): Promise<MeasuredServer> {
  const file = fileURLToPath(new URL('bench-server.ts', import.meta.url));
  const server = fork(file, [kind, path], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const { port } = await answerOf<{ port: number }>(server);
  return {
    port,
    begin: async () => void (await ask(server, 'begin')),
    end: async () => (await ask(server, 'end')) as ServerLoad,
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
