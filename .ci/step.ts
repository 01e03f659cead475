import { AsyncLocalStorage } from 'node:async_hooks';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a runner or a check came to. */
export interface Tally {
  passed: number;
  failed: number;
  /** Names of what failed, where they are known. */
  names?: string[];
  /** Names of what passed only at a second attempt. */
  again?: string[];
}

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What the steps of a lane print until they are over: two at once would be read by nobody. */
const held = new AsyncLocalStorage<string[]>();

/**
 * Runs a program with the developer's terminal as its output, in a lane once it is over, and nothing as its input.
 *
 * @returns its exit code; 1 when it could not be started or was killed
 */
export async function run(
  command: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<number> {
  // Node of the devDependency first, as in an npm script.
  const path = [join(ROOT, 'node_modules/.bin'), process.env['PATH']].filter(Boolean).join(delimiter);
  return await new Promise((resolve) => {
    const lines = held.getStore();
    const to = lines ? 'pipe' : 'inherit';
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, PATH: path, ...env },
      stdio: ['ignore', to, to],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => lines?.push(text));
    }
    child.once('error', (error) => {
      say(`${command}: ${error.message}`);
      resolve(1);
    });
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** The script of the program that an installed package names in its `bin`. */
export function programOf(name: string, bin = name): string {
  const folder = join(ROOT, 'node_modules', name);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    bin: string | Record<string, string>;
  };
  const path = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[bin];
  if (!path) throw new Error(`${name} has no program ${bin}.`);
  return join(folder, path);
}

/** Runs the program of an installed package, without a shell in between. */
export async function runPackage(
  name: string,
  args: string[],
  options: { bin?: string; env?: Record<string, string> } = {},
): Promise<number> {
  return await run(process.execPath, [programOf(name, options.bin), ...args], options.env);
}

/** Runs a program for what it prints. */
export async function output(
  command: string,
  args: string[],
  cwd: string,
): Promise<{ code: number; text: string }> {
  return await new Promise((resolve) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    }
    child.once('error', (error) => resolve({ code: 1, text: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 1, text }));
  });
}

/** Prints a line, in a lane once its step is over. */
export function say(line: string): void {
  const lines = held.getStore();
  if (lines) lines.push(`${line}\n`);
  else console.log(line);
}

/** Prints where a step begins, and how many seconds after the start of all. */
export function heading(text: string): void {
  const since = ` ${Math.round(performance.now() / 1000)} s`;
  say(`\n── ${text} ${'─'.repeat(Math.max(2, 76 - text.length - since.length))}${since}`);
}

/** Steps by name, each of which tells what it came to; one that throws has failed. */
export type Steps = Record<string, () => Promise<Tally>>;

/**
 * Runs the lanes side by side, and in each one step after the other.
 *
 * @returns what each came to, in the order of the lanes
 */
export async function runLanes(...lanes: Steps[]): Promise<Map<string, Tally>> {
  const tallies = new Map<string, Tally>();
  for (const lane of lanes) for (const name of Object.keys(lane)) tallies.set(name, { passed: 0, failed: 1 });
  await Promise.all(
    lanes.map(async (lane) => {
      for (const [name, step] of Object.entries(lane)) {
        const work = async () => {
          heading(name);
          try {
            tallies.set(name, await step());
          } catch (error) {
            say(String(error));
          }
        };
        if (lanes.length === 1) {
          await work();
          continue;
        }
        console.log(`… ${name}`);
        const lines: string[] = [];
        await held.run(lines, work);
        process.stdout.write(lines.join(''));
      }
    }),
  );
  return tallies;
}

/** Prints what each step came to, and as the very last line the sum: `N passed, N failed`. */
export function report(tallies: ReadonlyMap<string, Tally>): never {
  heading('totals');
  let passed = 0;
  let failed = 0;
  // By name and at the end, where whoever reads a long log begins.
  for (const { names = [], again = [] } of tallies.values()) {
    for (const name of again) console.log(`passed at the second attempt: ${name}`);
    for (const name of names) console.log(`FAILED: ${name}`);
  }
  for (const [name, tally] of tallies) {
    console.log(`${name.padEnd(24)} ${tally.passed} passed${tally.failed ? `, ${tally.failed} FAILED` : ''}`);
    passed += tally.passed;
    failed += tally.failed;
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed > 0 || passed === 0 ? 1 : 0);
}
