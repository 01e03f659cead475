import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { OWN_ENVIRONMENT } from './own-process.ts';
import { readDockerfile, readPairs } from './testing/read-dockerfile.ts';

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

const HOUSE = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(resolve(HOUSE, path), 'utf8');

/** With paths as they are from `folder`. */
function seenFrom(folder: string, environment: Record<string, string>): Record<string, string> {
  const { NODE_COMPILE_CACHE: kept = '', ...others } = environment;
  return { ...others, NODE_COMPILE_CACHE: resolve(folder, kept) };
}

it('npm start and the image say beforehand what the process cannot say itself', () => {
  const { start } = (JSON.parse(read('package.json')) as { scripts: { start: string } }).scripts;
  const said = readPairs(start.slice(0, start.indexOf(' exec node ')));
  expect(seenFrom(HOUSE, said)).toEqual(OWN_ENVIRONMENT);
  const { instructions } = readDockerfile(read('Dockerfile')).at(-1)!;
  const env = instructions.filter(({ name }) => name === 'ENV').map(({ rest }) => readPairs(rest));
  const inImage = Object.assign({}, ...env) as Record<string, string>;
  const own = Object.keys(OWN_ENVIRONMENT).map((name) => [name, inImage[name]?.replace('/app/', HOUSE)]);
  expect(Object.fromEntries(own)).toEqual(OWN_ENVIRONMENT);
});
