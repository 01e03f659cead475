import type { Environment } from '../config.ts';

/** Where a command gets its words from and where they go. */
export interface Terminal {
  env: Environment;
  /** One line of the result. */
  say(line: string): void;
  /** One line beside the result. */
  warn(line: string): void;
  /** Bytes of a result that somebody else reads on: an export. Resolves once they are taken. */
  write(text: string): Promise<void>;
}

export interface Command {
  name: string;
  /** For the list of commands. */
  summary: string;
  /** Everything behind `support-center <name> --help`. */
  help: string;
  /** @returns the exit code */
  run(args: string[], terminal: Terminal): Promise<number>;
}

/** Something is wrong with what was asked, not with the program: told in one line, exit code 1. */
export class CommandError extends Error {}
