import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { runProgram } from '../testing/data-folder.ts';

const PROGRAM = fileURLToPath(new URL('support-center.mjs', import.meta.url));

it('names every command in its help, and explains each', async () => {
  const { code, output } = await runProgram(['--help'], {});
  expect(code).toBe(0);
  for (const name of ['backup', 'restore', 'doctor', 'export', 'migrate']) {
    expect(output).toMatch(new RegExp(`^  ${name} `, 'm'));
    const help = await runProgram([name, '--help'], {});
    expect(help).toMatchObject({ code: 0, errors: '' });
    expect(help.output).toContain(`support-center ${name}`);
  }
});

it.each<[string[], RegExp]>([
  [['resore'], /no command "resore"/],
  [['backup'], /FILE is missing/],
  [['backup', 'a', 'b'], /"b" is one word too many/],
  [['backup', '--fast', 'a'], /Unknown option '--fast'/],
  [['restore', '/nowhere/at/all.tar'], /There is no file/],
  [['export', '--format', 'xml'], /--format is one of json, csv, csv-messages/],
  [['backup', 'a.tar'], /DATABASE_URL/],
])('says in one line what is wrong with %j', async (args, expected) => {
  const { code, output, errors } = await runProgram(args, { DATABASE_URL: 'postgres://db/support' });
  expect({ code, output }).toEqual({ code: 1, output: '' });
  expect(errors).toMatch(/^support-center[^\n]*\n$/);
  expect(errors).toMatch(expected);
});

it('is a program', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, '--version']);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
