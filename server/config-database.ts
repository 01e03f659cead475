import { ConfigError, readInteger, readPath, readText, type Environment } from './config-values.ts';

/** Where tickets are. */
export type DatabaseConfig = { kind: 'sqlite'; path: string } | PostgresConfig;

export interface PostgresConfig {
  kind: 'postgres';
  /** With the password: never to be logged. */
  url: string;
  /** Of this process, at most. */
  connections: number;
}

/** @throws ConfigError naming the variable, never what it holds */
export function readDatabase(env: Environment): DatabaseConfig {
  const url = readText(env, 'DATABASE_URL')?.trim();
  if (url === undefined || !/^postgres(ql)?:/i.test(url)) {
    const hint = 'sqlite:<path>, such as sqlite:data/support.db, or postgres://…';
    return { kind: 'sqlite', path: readPath(env, 'DATABASE_URL', 'sqlite:data/support.db', 'sqlite', hint) };
  }
  if (!isPostgresUrl(url)) {
    throw new ConfigError(
      'DATABASE_URL',
      'must be postgres://<user>:<password>@<host>:<port>/<database>, with special characters as %XX.',
    );
  }
  return { kind: 'postgres', url, connections: readInteger(env, 'DATABASE_CONNECTIONS', 10, 2, 1000) };
}

function isPostgresUrl(url: string): boolean {
  const parsed = URL.parse(url);
  if (!parsed || !/^postgres(ql)?:\/\//i.test(url) || parsed.pathname.length < 2) return false;
  try {
    for (const part of [parsed.username, parsed.password, parsed.pathname]) decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}
