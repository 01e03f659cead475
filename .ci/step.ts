import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a runner or a check came to. */
export interface Tally {
  passed: number;
  failed: number;
}

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Runs a program with the developer's terminal as its output and nothing as its input.
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
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, PATH: path, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.once('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(1);
    });
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** Runs the program that an installed package names in its `bin`, without a shell in between. */
export async function runPackage(
  name: string,
  args: string[],
  options: { bin?: string; env?: Record<string, string> } = {},
): Promise<number> {
  const folder = join(ROOT, 'node_modules', name);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    bin: string | Record<string, string>;
  };
  const bin = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[options.bin ?? name];
  if (!bin) throw new Error(`${name} has no program ${options.bin ?? name}.`);
  return await run(process.execPath, [join(folder, bin), ...args], options.env);
}

export function heading(text: string): void {
  console.log(`\n── ${text} ${'─'.repeat(Math.max(2, 76 - text.length))}`);
}

/** Prints what each step came to, and as the very last line the sum: `N passed, N failed`. */
export function report(tallies: ReadonlyMap<string, Tally>): never {
  heading('totals');
  let passed = 0;
  let failed = 0;
  for (const [name, tally] of tallies) {
    console.log(`${name.padEnd(24)} ${tally.passed} passed${tally.failed ? `, ${tally.failed} FAILED` : ''}`);
    passed += tally.passed;
    failed += tally.failed;
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed > 0 || passed === 0 ? 1 : 0);
}
