import { loadDatabase, type Environment } from '../config.ts';
import { CommandError } from './command.ts';

/**
 * The file of a command that knows SQLite only.
 *
 * @param instead what to do with PostgreSQL, a sentence
 * @throws CommandError, ConfigError
 */
export function sqlitePath(env: Environment, instead: string): string {
  const database = loadDatabase(env);
  if (database.kind === 'sqlite') return database.path;
  throw new CommandError(`DATABASE_URL is PostgreSQL, which this command does not know. ${instead}`);
}
