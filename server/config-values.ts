/** A setting that the server cannot start with. The message is one line that names the variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly variable: string;

  constructor(variable: string, problem: string) {
    super(`${variable}: ${problem}`);
    this.variable = variable;
  }
}

/** Environment variables. One that is set to nothing counts as not set. */
export type Environment = Record<string, string | undefined>;

export function readText(env: Environment, name: string): string | undefined {
  const value = env[name];
  if (value === undefined || value.trim() === '') return undefined;
  if (/\p{Cc}/u.test(value)) throw new ConfigError(name, 'must be one line without control characters.');
  return value;
}

export function readInteger(
  env: Environment,
  name: string,
  fallback: number,
  min: number,
  max: number,
): number {
  const value = readText(env, name)?.trim();
  if (value === undefined) return fallback;
  const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN;
  if (!(number >= min && number <= max)) {
    throw new ConfigError(name, `must be a whole number from ${min} to ${max}.`);
  }
  return number;
}

export function readChoice<const T extends string>(
  env: Environment,
  name: string,
  fallback: T,
  choices: readonly T[],
): T {
  const value = readText(env, name)?.trim();
  if (value === undefined) return fallback;
  const choice = choices.find((one) => one === value);
  if (choice === undefined) throw new ConfigError(name, `must be one of ${choices.join(', ')}.`);
  return choice;
}

/** @returns the value as it stands, once it has proved to be an http(s) URL */
export function readUrl(env: Environment, name: string): string | undefined {
  const value = readText(env, name)?.trim();
  if (value === undefined) return undefined;
  const url = URL.parse(value);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new ConfigError(name, 'must be an http:// or https:// URL.');
  }
  return value;
}

/** Comma-separated exact origins. */
export function readOrigins(env: Environment, name: string): string[] {
  const origins = (readText(env, name) ?? '')
    .split(',')
    .map((origin) => origin.trim())
    .filter((origin) => origin !== '');
  for (const origin of origins) {
    const url = URL.parse(origin);
    const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
    if (!isWeb || url.origin !== origin) {
      throw new ConfigError(name, `"${origin}" is not an exact origin such as https://app.example.com.`);
    }
  }
  return [...new Set(origins)];
}

/** `Name <address>` or a bare address. */
export function readMailbox(env: Environment, name: string): string | undefined {
  const value = readText(env, name)?.trim();
  if (value === undefined) return undefined;
  if (!/^(?:[^<>]* <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/u.test(value)) {
    throw new ConfigError(name, 'must be an address such as "Support <support@example.com>".');
  }
  return value;
}

/**
 * `<scheme>:path`, relative to the working directory, or `<scheme>:///path`.
 *
 * @param hint what may stand there, for whoever has set something else
 */
export function readPath(
  env: Environment,
  name: string,
  fallback: string,
  scheme: string,
  hint: string,
): string {
  const value = readText(env, name)?.trim() ?? fallback;
  const path = value.startsWith(`${scheme}:`) ? value.slice(scheme.length + 1).replace(/^\/\//, '') : '';
  if (path === '') throw new ConfigError(name, `must be ${hint}.`);
  return path;
}
