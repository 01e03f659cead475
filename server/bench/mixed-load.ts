import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { answerOf } from './answer-of.ts';
import type { BenchApp } from './bench-app.ts';
import type { CrowdAnswer, CrowdRequest } from './crowd.ts';
import type { Figure } from './figure.ts';
import { startServer } from './measured-server.ts';

const PEOPLE = 500;
const AGENTS = 50;
/** Somebody looks at what came for this long, in milliseconds. */
const PAUSE = 2000;
const PACED_MS = 20_000;
/** An hour of five hundred people who do something every half minute. */
const AN_HOUR = 60_000;
/** A busy machine may not get through all of them: how many it were is said. */
const AT_MOST_MS = 60_000;

/** Five hundred people at their own pace, then an hour's worth of their requests as fast as it goes. */
export async function measureLoad(bench: BenchApp): Promise<Figure[]> {
  const { tickets } = bench;
  const clients = bench.raw
    .prepare(`SELECT count(*) FROM users WHERE role = 'client'`)
    .pluck()
    .get() as number;
  const server = await startServer('ours', bench.path);
  const crowd = fork(fileURLToPath(new URL('crowd.ts', import.meta.url)));
  const base = { group: 'load', tickets };
  const figures: Figure[] = [];
  const add = (name: string, unit: Figure['unit'], value: number, more: Partial<Figure> = {}) =>
    figures.push({ ...base, name, unit, value, ...more });
  const come = async (pause: number, until: CrowdRequest['until']) => {
    await server.begin();
    crowd.send({
      port: server.port,
      people: PEOPLE,
      agents: AGENTS,
      pause,
      until,
      tickets,
      clients,
    } satisfies CrowdRequest);
    const answer = await answerOf<CrowdAnswer>(crowd);
    return { answer, load: await server.end(), resident: server.resident() };
  };
  try {
    // Unmeasured: connections, tokens, compiled code.
    await come(PAUSE, { ms: 4000 });
    for (const [title, run] of [
      ['at their pace', () => come(PAUSE, { ms: PACED_MS })],
      ['as fast as it goes', () => come(0, { ms: AT_MOST_MS, requests: AN_HOUR })],
    ] as const) {
      const { answer, load, resident } = await run();
      add(`${PEOPLE} people ${title}: answered`, '/s', answer.requests / answer.seconds, {
        note: `${answer.requests.toLocaleString('en')} requests, ${refusals(answer)}`,
      });
      add(`${PEOPLE} people ${title}: p50`, 'ms', answer.p50);
      add(`${PEOPLE} people ${title}: p99`, 'ms', answer.p99, { note: slowest(answer) });
      add(`${PEOPLE} people ${title}: event loop late, p99`, 'ms', load.lateP99);
      add(`${PEOPLE} people ${title}: event loop late, most`, 'ms', load.lateMax, {
        note: 'includes what the disk and neighbours cost',
      });
      add(`${PEOPLE} people ${title}: longest turn of the event loop`, 'ms', load.longestTurn, {
        goal: { most: 50 },
        note: 'of its processor time',
      });
      add(`${PEOPLE} people ${title}: the same, with what it waited for within`, 'ms', load.longestHold, {
        note: 'the disk, but not for a processor',
      });
      add(`after ${PEOPLE} ${title}: resident, mapped pages of the file apart`, 'MiB', resident / 2 ** 20, {
        goal: { most: 150 },
      });
      add(`after ${PEOPLE} ${title}: heap`, 'MiB', load.heapUsed / 2 ** 20);
    }
  } finally {
    crowd.kill();
    await server.stop();
  }
  return figures;
}

function refusals({ refused }: CrowdAnswer): string {
  const all = Object.entries(refused).map(([why, n]) => `${n} × ${why}`);
  return all.length === 0 ? 'none refused' : `refused: ${all.join(', ')}`;
}

function slowest({ byKind }: CrowdAnswer): string {
  return Object.entries(byKind)
    .sort(([, a], [, b]) => b.p99 - a.p99)
    .slice(0, 3)
    .map(([kind, { p99 }]) => `${kind} ${p99.toFixed(0)}`)
    .join(', ');
}
