import type { IncomingMessage, ServerResponse } from 'node:http';

/** What goes wrong between the element and the server. */
export interface Fault {
  /** Default: any. */
  method?: string;
  /** A regular expression on the path from `/api` on, such as `^/api/tickets$`. */
  path: string;
  /** How often; default 1. */
  times?: number;
  /** Milliseconds that the request waits first; alone, it reaches the server then. */
  delay?: number;
  /** Answers this in place of the server. */
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
  /** Cuts the connection. */
  reset?: boolean;
  /** Lets the server do it, then cuts the connection: the answer is lost. */
  lose?: boolean;
  /** Never answers, until the faults are cleared. */
  hang?: boolean;
}

interface Context {
  req: IncomingMessage;
  res: ServerResponse;
  status: number;
  body: unknown;
  respond?: boolean;
  set(name: string, value: string): void;
}

/** The faults of one test, each used up after its times. */
export class Faults {
  #faults: Array<Fault & { left: number }> = [];
  readonly #hanging = new Set<IncomingMessage>();

  add(fault: Fault): void {
    this.#faults.push({ ...fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#faults = [];
    for (const request of this.#hanging) request.socket.destroy();
    this.#hanging.clear();
  }

  take(method: string, path: string): Fault | undefined {
    const fault = this.#faults.find(
      (one) => one.left > 0 && (!one.method || one.method === method) && new RegExp(one.path).test(path),
    );
    if (fault) fault.left -= 1;
    return fault;
  }

  /** @returns whether the request is done with */
  async strike(fault: Fault, context: Context): Promise<boolean> {
    if (fault.delay) await new Promise((resolve) => setTimeout(resolve, fault.delay));
    if (fault.hang) {
      context.respond = false;
      this.#hanging.add(context.req);
      context.req.socket.once('close', () => this.#hanging.delete(context.req));
      return true;
    }
    if (fault.reset) {
      cut(context);
      return true;
    }
    if (fault.status === undefined) return false;
    context.req.resume();
    context.status = fault.status;
    context.set('content-type', 'application/problem+json');
    for (const [name, value] of Object.entries(fault.headers ?? {})) context.set(name, value);
    context.body = typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body ?? {});
    return true;
  }
}

/** In the middle of an answer: browsers silently repeat a request whose connection is cut before it. */
export function cut(context: Pick<Context, 'respond' | 'res'>): void {
  context.respond = false;
  context.res.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
  context.res.write('{', () => context.res.destroy());
}
