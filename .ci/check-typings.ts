import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { output, programOf } from './step.ts';

interface Checker {
  file: string;
  program: string;
  args: string[];
}
const CHECKERS: Checker[] = [
  { file: 'react.tsx', program: programOf('typescript', 'tsc'), args: ['--pretty', 'false', '-p'] },
  { file: 'page.vue', program: programOf('vue-tsc'), args: ['--pretty', 'false', '-p'] },
  {
    file: 'page.svelte',
    program: programOf('svelte-check'),
    args: ['--output', 'machine', '--tsconfig'],
  },
];

/**
 * The page of each framework has an error in every line that says WRONG, and in no other.
 *
 * @param folder where the package and the pages are
 * @returns what does not hold
 */
export async function checkTypings(folder: string): Promise<string[]> {
  return (await Promise.all(CHECKERS.map((checker) => check(folder, checker)))).flat();
}

async function check(folder: string, { file, program, args }: Checker): Promise<string[]> {
  const config = `tsconfig.${file}.json`;
  // The types of the package itself need to be looked at once only.
  const compilerOptions = { skipLibCheck: file !== 'react.tsx' };
  const settings = { extends: './tsconfig.json', include: [file], compilerOptions };
  await writeFile(join(folder, config), JSON.stringify(settings));
  const { text } = await output(process.execPath, [program, ...args, `./${config}`], folder);
  const found = new Set([...text.matchAll(reportOf(file))].map(([, a, b]) => Number(a ?? b)));
  const lines = (await readFile(join(folder, file), 'utf8')).split('\n');
  const wanted = lines.flatMap((line, index) => (line.includes('WRONG') ? [index + 1] : []));
  const missed = wanted.filter((line) => !found.has(line));
  const extra = [...found].filter((line) => !wanted.includes(line));
  // An error elsewhere, such as in the package's own types, has another file's name.
  const elsewhere = text
    .split('\n')
    .filter((line) => /\berror TS\d+|" ERROR "/i.test(line) && !line.includes(file));
  return [
    ...missed.map((line) => `${file}: line ${line} is let through: ${lines[line - 1]!.trim()}`),
    ...extra.map((line) => `${file}: line ${line} is refused: ${lines[line - 1]!.trim()}`),
    ...(extra.length > 0 || elsewhere.length > 0 ? [text] : []),
  ];
}

/** `page.vue(12,3): error` or `ERROR "page.svelte" 12:3`. */
function reportOf(file: string): RegExp {
  const name = file.replace('.', '\\.');
  return new RegExp(`${name}\\((\\d+),\\d+\\): error|ERROR "${name}" (\\d+):\\d+`, 'g');
}
