import { readFileSync, writeFileSync } from 'node:fs';

/** What a suite came to, as its reporter tells it. Names are `file > group > test`, or a file that did not load. */
export interface Outcome {
  passed: number;
  /** What failed, also at a second attempt. */
  failed: string[];
  /** What failed once, and passed when it was tried again. */
  again: string[];
}

// How suites.ts and the reporters, which run in other processes, hear of each other.
const OUTCOME = 'SUITE_OUTCOME';
const FILES = 'SUITE_FILES';

/** The environment in which a suite's reporter writes to `path`, and the suite runs only `files` if there are any. */
export function suiteEnv(path: string, files: string[] = []): Record<string, string> {
  return { [OUTCOME]: path, [FILES]: files.join('\n') };
}

/** The files a suite is to run; undefined for all of them. */
export function filesToTry(): string[] | undefined {
  return process.env[FILES] ? process.env[FILES].split('\n') : undefined;
}

/** Writes a suite's outcome to where it was asked for, and nowhere when it was not. */
export function tellOutcome(outcome: Outcome): void {
  const path = process.env[OUTCOME];
  if (path) writeFileSync(path, JSON.stringify(outcome));
}

/** The outcome a reporter has written; undefined when the suite ended before it could. */
export function readOutcome(path: string): Outcome | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Outcome;
  } catch {
    return undefined;
  }
}
