import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { takeTurns } from './take-turns.ts';

/** Requests that arrive in one turn of the event loop. */
function arrive(count: number, turnMs: number) {
  const begun: number[] = [];
  const listener = takeTurns((request) => begun.push(Number(request.url)), turnMs);
  const requests = Array.from({ length: count }, (_, n) => {
    const request = new IncomingMessage(new Socket());
    request.url = String(n);
    listener(request, new ServerResponse(request));
    return request;
  });
  return { begun, requests };
}

it('requests for which there is time are begun at once', () => {
  expect(arrive(3, Infinity).begun).toEqual([0, 1, 2]);
});

it('those beyond that wait, and one is begun in a turn, in the order of their coming', async () => {
  const { begun } = arrive(3, 0);
  const seen = [begun.length];
  for (let turn = 0; turn < 3; turn++) {
    await nextTurn();
    seen.push(begun.length);
  }
  expect(seen).toEqual([0, 1, 2, 3]);
  expect(begun).toEqual([0, 1, 2]);
});

it('what is not wanted any more when its turn comes is left out', async () => {
  const { begun, requests } = arrive(3, 0);
  requests[1]!.destroy();
  for (let turn = 0; turn < 4; turn++) await nextTurn();
  expect(begun).toEqual([0, 2]);
});
