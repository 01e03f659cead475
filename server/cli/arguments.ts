import { parseArgs, type ParseArgsConfig } from 'node:util';
import { CommandError } from './command.ts';

/**
 * Reads the words behind a command.
 *
 * @param operands names of what has to stand there besides options, for the message
 * @param more how many words may follow them
 * @throws CommandError for an unknown option, a missing or a superfluous word
 */
export function readArguments<T extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  options: T,
  operands: string[] = [],
  more = 0,
) {
  const parsed = parse(args, options);
  const { positionals } = parsed;
  const missing = operands[positionals.length];
  if (missing !== undefined) throw new CommandError(`${missing} is missing.`);
  const superfluous = positionals[operands.length + more];
  if (superfluous !== undefined) throw new CommandError(`"${superfluous}" is one word too many.`);
  return parsed;
}

function parse<T extends NonNullable<ParseArgsConfig['options']>>(args: string[], options: T) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    // The first sentence names the option; what follows explains how dashes are escaped.
    throw new CommandError((error as Error).message.split('. ')[0]!.replace(/\.?$/, '.'));
  }
}
