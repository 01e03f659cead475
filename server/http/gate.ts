import type { Context, MiddlewareHandler } from 'hono';
import type { Env } from '../auth/env.ts';

/** Looks at a request before anything is done about it. @throws SupportError to turn it away */
export type Gate = (c: Context<Env>) => void | Promise<void>;

/** Gates in turn, as one step of the chain: each step costs, and a gate that need not wait is through at once. */
export function enter(...gates: Gate[]): MiddlewareHandler<Env> {
  const from = (first: number, c: Context<Env>, next: () => Promise<void>): Promise<void> => {
    for (let n = first; n < gates.length; n++) {
      const waiting = gates[n]!(c);
      if (waiting) return waiting.then(() => from(n + 1, c, next));
    }
    return next();
  };
  return (c, next) => from(0, c, next);
}
