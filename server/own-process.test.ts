import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const MEBIBYTE = 2 ** 20;

/** Keeps a few things of very many, as a server does, and tells the bytes that V8 takes for what is new. */
const CHURN = `
  const { ownProcess } = await import(process.argv[1]);
  if (process.argv[2] === 'own') ownProcess();
  const { getHeapSpaceStatistics } = await import('node:v8');
  const kept = [];
  for (let n = 0; n < 1e6; n++) kept[n % 1e5] = { n: [n], text: 'x' + n };
  console.log(getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space').space_size);
`;

function roomForNew(kind: 'own' | 'left to itself'): number {
  const file = fileURLToPath(new URL('own-process.ts', import.meta.url));
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', CHURN, file, kind], {
    encoding: 'utf8',
  });
  return Number(stdout) / MEBIBYTE;
}

it('a process of our own gives what is new on the heap little room', () => {
  expect(roomForNew('left to itself')).toBeGreaterThan(8);
  expect(roomForNew('own')).toBeLessThanOrEqual(4);
});
