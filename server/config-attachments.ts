import { ConfigError, readPath, readText, readUrl, type Environment } from './config-values.ts';

/** Where the bytes of attachments are. */
export type AttachmentsConfig = { kind: 'file'; path: string } | S3Config;

export interface S3Config {
  kind: 's3';
  bucket: string;
  /** What every key begins with, without slashes around it; empty: nothing. */
  prefix: string;
  /** Of a server other than Amazon's. */
  endpoint?: string;
  region: string;
  /** undefined: those of the machine, the pod or the task that the process runs in. */
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
}

/** AWS S3 User Guide, "General purpose bucket naming rules". */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
/** The "safe characters" of object keys there, in segments that are never `.` or `..`. */
const PREFIX = /^(?!\.{1,2}(?:\/|$))[\w.!*'()-]+(?:\/(?!\.{1,2}(?:\/|$))[\w.!*'()-]+)*$/;

/** @throws ConfigError naming the variable, never what it holds */
export function readAttachments(env: Environment): AttachmentsConfig {
  const url = readText(env, 'ATTACHMENTS_URL')?.trim();
  if (url !== undefined && /^s3:/i.test(url)) return readS3(url, env);
  const hint = 'file:<path>, such as file:data/attachments, or s3://<bucket>/<prefix>';
  return { kind: 'file', path: readPath(env, 'ATTACHMENTS_URL', 'file:data/attachments', 'file', hint) };
}

function readS3(url: string, env: Environment): S3Config {
  const [, bucket = '', rest = ''] = /^s3:\/\/([^/]*)(?:\/(.*))?$/i.exec(url) ?? [];
  const prefix = rest.replace(/\/+$/, '');
  if (!BUCKET.test(bucket) || (prefix !== '' && !PREFIX.test(prefix))) {
    throw new ConfigError('ATTACHMENTS_URL', 'must be s3://<bucket> or s3://<bucket>/<prefix>.');
  }
  const endpoint = readUrl(env, 'S3_ENDPOINT')?.replace(/\/+$/, '');
  if (endpoint !== undefined) {
    const { username, password, search, hash } = new URL(endpoint);
    if (username + password + search + hash !== '') {
      throw new ConfigError('S3_ENDPOINT', 'must be an address alone, such as https://s3.example.com.');
    }
  }
  const region = readText(env, 'AWS_REGION')?.trim() ?? (endpoint === undefined ? undefined : 'us-east-1');
  if (region === undefined) {
    throw new ConfigError('AWS_REGION', 'is required: where the bucket is, such as eu-central-1.');
  }
  if (!/^[a-z0-9-]{1,64}$/i.test(region)) {
    throw new ConfigError('AWS_REGION', 'must be a region such as eu-central-1.');
  }
  return { kind: 's3', bucket, prefix, endpoint, region, credentials: readCredentials(env, endpoint) };
}

function readCredentials(env: Environment, endpoint: string | undefined): S3Config['credentials'] {
  const [accessKeyId, secretAccessKey, sessionToken] = [
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
  ].map((name) => readText(env, name)?.trim());
  if (accessKeyId !== undefined && secretAccessKey !== undefined) {
    return { accessKeyId, secretAccessKey, sessionToken };
  }
  // Only Amazon's machines have credentials of their own.
  const isNeeded = endpoint !== undefined || sessionToken !== undefined;
  if (accessKeyId === undefined && (isNeeded || secretAccessKey !== undefined)) {
    throw new ConfigError('AWS_ACCESS_KEY_ID', 'is required: who may read and write the bucket.');
  }
  if (accessKeyId !== undefined) {
    throw new ConfigError('AWS_SECRET_ACCESS_KEY', 'is required with AWS_ACCESS_KEY_ID.');
  }
  return undefined;
}
