import {
  ConfigError,
  readChoice,
  readInteger,
  readOrigins,
  readText,
  readUrl,
  type Environment,
} from './config-values.ts';
import { readAttachments, type AttachmentsConfig } from './config-attachments.ts';
import { readDatabase, type DatabaseConfig } from './config-database.ts';
import { readMail, type MailConfig } from './config-mail.ts';

export { ConfigError, type Environment } from './config-values.ts';

/** Every setting of the process, parsed once (contract section 5). Only this module reads `process.env`. */
export interface Config {
  port: number;
  host: string;
  database: DatabaseConfig;
  attachments: AttachmentsConfig;
  auth: {
    issuer: string;
    audience: string;
    /** HS256: one key, or two while rotating. */
    keys: { kind: 'secret'; secrets: string[] } | { kind: 'jwks'; url: string };
  };
  /** Exact origins; empty is same origin only. */
  allowedOrigins: string[];
  mail: MailConfig;
  /** Where this server is reached from outside, without a slash at its end. */
  publicUrl?: string;
  ticketPrefix: string;
  /** Proxies in front whose `X-Forwarded-For` entry is believed. */
  trustProxy: number;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  shutdownGraceSeconds: number;
  metricsToken?: string;
  rateLimit: boolean;
}

/** RFC 7518, section 3.2: an HS256 key is no shorter than its hash. */
const SECRET_MIN_BYTES = 32;

/** @throws ConfigError naming the first variable that is missing or invalid */
export function loadConfig(env: Environment = process.env): Config {
  return {
    port: readInteger(env, 'PORT', 8787, 0, 65_535),
    host: readText(env, 'HOST')?.trim() ?? '127.0.0.1',
    database: loadDatabase(env),
    attachments: loadAttachments(env),
    auth: {
      keys: readKeys(env),
      issuer: required(env, 'AUTH_ISSUER', 'the `iss` of the tokens that your backend signs'),
      audience: readText(env, 'AUTH_AUDIENCE') ?? 'support-center',
    },
    allowedOrigins: readOrigins(env, 'ALLOWED_ORIGINS'),
    mail: readMail(env),
    publicUrl: readUrl(env, 'PUBLIC_URL')?.replace(/\/+$/, ''),
    ticketPrefix: loadTicketPrefix(env),
    trustProxy: readInteger(env, 'TRUST_PROXY', 0, 0, 32),
    logLevel: readChoice(env, 'LOG_LEVEL', 'info', ['debug', 'info', 'warn', 'error', 'silent']),
    shutdownGraceSeconds: readInteger(env, 'SHUTDOWN_GRACE_SECONDS', 10, 0, 3600),
    metricsToken: readMetricsToken(env),
    rateLimit: readChoice(env, 'RATE_LIMIT', 'on', ['on', 'off']) === 'on',
  };
}

/** The database alone, for tools that need no other setting. @throws ConfigError */
export function loadDatabase(env: Environment = process.env): Config['database'] {
  return readDatabase(env);
}

/** The attachments alone, likewise. @throws ConfigError */
export function loadAttachments(env: Environment = process.env): Config['attachments'] {
  return readAttachments(env);
}

function required(env: Environment, name: string, what: string): string {
  const value = readText(env, name);
  if (value === undefined) throw new ConfigError(name, `is required: ${what}.`);
  return value;
}

function readKeys(env: Environment): Config['auth']['keys'] {
  const secret = readText(env, 'AUTH_SECRET');
  const url = readUrl(env, 'AUTH_JWKS_URL');
  if (secret !== undefined && url !== undefined) {
    throw new ConfigError('AUTH_SECRET', 'and AUTH_JWKS_URL are both set; set only one of them.');
  }
  if (url !== undefined) return { kind: 'jwks', url };
  if (secret === undefined) {
    throw new ConfigError('AUTH_SECRET', 'is required (or AUTH_JWKS_URL): the key that signs the tokens.');
  }
  const secrets = secret.split(',');
  if (secrets.length > 2) throw new ConfigError('AUTH_SECRET', 'may hold two keys at most.');
  for (const one of secrets) {
    if (Buffer.byteLength(one) < SECRET_MIN_BYTES) {
      throw new ConfigError('AUTH_SECRET', `needs at least ${SECRET_MIN_BYTES} bytes a key.`);
    }
  }
  return { kind: 'secret', secrets };
}

/** What stands before the number of a ticket, likewise. @throws ConfigError */
export function loadTicketPrefix(env: Environment = process.env): string {
  const prefix = readText(env, 'TICKET_PREFIX')?.trim() ?? 'SUP';
  if (!/^[A-Z][A-Z0-9]{0,9}$/.test(prefix)) {
    throw new ConfigError('TICKET_PREFIX', 'must be 1 to 10 of A-Z and 0-9, beginning with a letter.');
  }
  return prefix;
}

function readMetricsToken(env: Environment): string | undefined {
  const token = readText(env, 'METRICS_TOKEN')?.trim();
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) {
    throw new ConfigError('METRICS_TOKEN', 'must be visible ASCII without spaces: it is sent in a header.');
  }
  return token;
}
