/**
 * `npm run test:image`: goes through the Dockerfile by hand, where there is no engine to build it. Each stage is a
 * folder; what COPY copies is what .dockerignore lets through; RUN runs with these folders in the place of the
 * image's. Then the server runs as the image's user (given root, else as oneself) in the image's environment and
 * nothing else, the health check is asked, and SIGTERM is sent. What it does not see: the base image.
 */
import { spawn, spawnSync, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createIgnore, readDockerfile, readPairs, type Stage } from './read-dockerfile.ts';

const HOUSE = fileURLToPath(new URL('../..', import.meta.url));
const isIgnored = createIgnore(readFileSync(join(HOUSE, '.dockerignore'), 'utf8'));
const stages = readDockerfile(readFileSync(join(HOUSE, 'Dockerfile'), 'utf8'));
const work = mkdtempSync(join(tmpdir(), 'support-center-image-'));
// The user of the image has to get to its folders.
chmodSync(work, 0o755);
const rootOf = (stage: Stage) => join(work, stage.name ?? 'final');
const path = `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`;

try {
  for (const stage of stages) build(stage);
  await run(stages.at(-1)!);
  process.stdout.write('The steps of the Dockerfile work.\n');
} finally {
  rmSync(work, { recursive: true, force: true });
}

function build(stage: Stage): void {
  const root = rootOf(stage);
  let folder = '/';
  for (const { name, rest } of stage.instructions) {
    if (name === 'WORKDIR') {
      folder = rest;
      mkdirSync(join(root, folder), { recursive: true });
    } else if (name === 'COPY') copy(rest, join(root, folder), root);
    else if (name === 'RUN') shell(rest, join(root, folder), root);
  }
}

function copy(rest: string, folder: string, root: string): void {
  const from = /--from=(\w+)/.exec(rest)?.[1];
  const words = rest
    .replace(/--\w+=\S+/g, '')
    .trim()
    .split(/\s+/);
  const target = words.pop()!;
  for (const source of words) {
    const origin = from ? join(work, from, source) : join(HOUSE, source);
    const place = resolve(target.startsWith('/') ? join(root, target) : join(folder, target));
    const intoFolder = words.length > 1 || target.endsWith('/');
    const filter = (each: string) =>
      from !== undefined || lstatSync(each).isDirectory() || !isIgnored(relative(HOUSE, each));
    cpSync(origin, intoFolder ? join(place, basename(source)) : place, {
      recursive: true,
      filter,
      verbatimSymlinks: true,
    });
  }
}

/** With the folders of the image in the place of the machine's; how the registry is reached is the machine's matter. */
function shell(command: string, cwd: string, root: string): void {
  mkdirSync(join(root, 'usr/local/bin'), { recursive: true });
  const here = command.replace(/(?<=\s)\/(app|data|usr)\b/g, `${root}/$1`);
  process.stdout.write(`RUN ${command}\n`);
  const { status } = spawnSync('/bin/sh', ['-c', here], {
    cwd,
    stdio: 'inherit',
    env: { ...process.env, PATH: path, npm_config_cache: join(work, 'npm-cache') },
  });
  if (status !== 0) throw new Error(`RUN ${command} ended with ${status}.`);
}

async function run(stage: Stage): Promise<void> {
  const root = rootOf(stage);
  const of = (name: string) => stage.instructions.filter((one) => one.name === name).map(({ rest }) => rest);
  const [uid, gid] = of('USER')[0]!.split(':').map(Number);
  const isRoot = process.getuid?.() === 0;
  const image = Object.assign({}, ...of('ENV').map(readPairs)) as Record<string, string>;
  const env = {
    PATH: path,
    ...Object.fromEntries(
      Object.entries(image).map(([name, value]) => [name, value.replace(':/data', `:${root}/data`)]),
    ),
    PORT: String(await freePort()),
    AUTH_SECRET: 's'.repeat(32),
    AUTH_ISSUER: 'https://app.example.com',
  };
  const options: SpawnOptions = { cwd: join(root, 'app'), env, ...(isRoot ? { uid, gid } : {}) };
  const [program, ...args] = JSON.parse(of('CMD')[0]!) as string[];
  const started = performance.now();
  const server = spawn(program!, args, { ...options, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(server, 'exit');
  try {
    await Promise.race([
      exited.then(() => Promise.reject(new Error('The server ended.'))),
      (async () => {
        for await (const line of createInterface({ input: server.stdout })) {
          if (line.includes('"listening"')) return;
        }
      })(),
    ]);
    server.stdout.resume();
    process.stdout.write(
      `Listens after ${Math.round(performance.now() - started)} ms as user ${isRoot ? uid : 'oneself'}.\n`,
    );
    const check = JSON.parse(/CMD (\[.*\])$/.exec(of('HEALTHCHECK')[0]!)![1]!) as string[];
    expectDone('the health check', check, options);
    for (const page of ['/support-center.js', '/openapi.json', '/api/center']) {
      const { status } = await fetch(`http://127.0.0.1:${env.PORT}${page}`);
      if (status !== 200) throw new Error(`${page} answers ${status}.`);
    }
    expectDone(
      'the program in the image',
      [join(root, 'usr/local/bin/support-center'), 'doctor', '--quick'],
      options,
    );
    if (!existsSync(join(root, 'data/support.db'))) throw new Error('The database is not in the volume.');
  } finally {
    server.kill('SIGTERM');
  }
  const [code] = (await exited) as [number | null];
  if (code !== 0) throw new Error(`The server ended with ${code} on SIGTERM.`);
  const { stdout } = spawnSync('du', [
    '-sm',
    ...['node_modules', 'server', 'dist'].map((each) => join(root, 'app', each)),
  ]);
  process.stdout.write(`On top of ${stage.image}, in MiB:\n${String(stdout).replaceAll(`${root}/`, '')}`);
}

function expectDone(what: string, [program, ...args]: string[], options: SpawnOptions): void {
  const { status } = spawnSync(program!, args, { ...options, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${what} ended with ${status}.`);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}
