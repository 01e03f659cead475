import type { RequestListener } from 'node:http';

/** Milliseconds after which no further request is begun in a turn of the event loop. */
const TURN_MS = 10;

/**
 * Lets requests that come together take turns. Node hands over all that have arrived in one turn of the event loop:
 * five hundred of them would keep everything else waiting, such as writing answers, live events and commits, until the
 * last one is through. What comes later than `turnMs` into a turn is begun later, one request a turn, in order.
 */
export function takeTurns(listener: RequestListener, turnMs = TURN_MS): RequestListener {
  const waiting: Array<() => void> = [];
  let began: number | null = null;
  const hasTime = () => {
    const now = performance.now();
    if (began === null) {
      began = now;
      setImmediate(() => (began = null));
    }
    return now - began < turnMs;
  };
  const next = () => {
    waiting.shift()?.();
    if (waiting.length > 0) setImmediate(next);
  };
  return (request, response) => {
    if (waiting.length === 0 && hasTime()) return void listener(request, response);
    waiting.push(() => {
      // Whoever has hung up meanwhile wants no answer.
      if (!request.destroyed) listener(request, response);
    });
    if (waiting.length === 1) setImmediate(next);
  };
}
