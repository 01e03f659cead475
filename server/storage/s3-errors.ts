import type { S3Config } from '../config-attachments.ts';
import { SupportError } from '../contract/errors.ts';
import { StorageMisconfigured, StorageUnavailable } from './problems.ts';
import { storageFull } from './receive.ts';

/** What the SDK throws: of the server, of the network, or its own. */
interface S3Failure {
  name?: string;
  Code?: string;
  code?: string;
  message?: string;
  $metadata?: { httpStatusCode?: number };
}

/** Amazon S3 API Reference, "Error responses", and what compatible servers answer in their place. */
const FULL = /quota|storagefull|insufficientstorage/i;
const DAMAGED_ON_THE_WAY = new Set([
  'BadDigest',
  'IncompleteBody',
  'InvalidDigest',
  'RequestTimeout',
  'XAmzContentSHA256Mismatch',
]);
const CLIENT_ERRORS_TO_REPEAT = new Set([408, 425, 429]);

export function isMissingObject(error: unknown): boolean {
  const code = codeOf(error);
  if (code === 'NoSuchKey' || code === 'NotFound') return true;
  return statusOf(error) === 404 && code !== 'NoSuchBucket';
}

/** Whether the same request may succeed the next time. */
export function isWorthRepeating(error: unknown): boolean {
  if (error instanceof SupportError || error instanceof StorageMisconfigured || isFull(error)) return false;
  if (settingAtFault(codeOf(error)) !== undefined) return false;
  const status = statusOf(error);
  // Nothing was answered: a connection cut, refused or too slow.
  if (status === undefined || status < 300) return true;
  return status >= 500 || CLIENT_ERRORS_TO_REPEAT.has(status) || DAMAGED_ON_THE_WAY.has(codeOf(error));
}

/**
 * @param doing what was tried, such as `write`
 * @returns what callers may see and log: never a key or a signature, and of the server's words its code alone
 */
export function explainFailure(error: unknown, doing: string, config: S3Config): Error {
  if (error instanceof SupportError || error instanceof StorageMisconfigured) return error;
  if (error instanceof StorageUnavailable) return error;
  if (isFull(error)) return storageFull();
  const code = codeOf(error);
  const status = statusOf(error);
  // An answer to HEAD has no body, and so no code.
  const setting = settingAtFault(code) ?? (status === 403 ? settingAtFault('Forbidden') : undefined);
  if (setting !== undefined) return new StorageMisconfigured(setting(config, doing));
  const what = [code, status].filter((part) => part !== undefined && part !== '').join(', ');
  return new StorageUnavailable(`The S3 server does not ${doing} (${what || 'no answer'}).`);
}

function isFull(error: unknown): boolean {
  return statusOf(error) === 507 || FULL.test(codeOf(error));
}

function codeOf(error: unknown): string {
  const { Code, code, name } = (error ?? {}) as S3Failure;
  // The SDK's name is the server's code, or says nothing; Node's errors have their own.
  const own = name === 'Error' || name === 'AggregateError' ? undefined : name;
  const found = Code ?? code ?? own ?? '';
  return /^[\w.-]{1,60}$/.test(found) ? found : '';
}

function statusOf(error: unknown): number | undefined {
  return ((error ?? {}) as S3Failure).$metadata?.httpStatusCode;
}

function settingAtFault(code: string): ((config: S3Config, doing: string) => string) | undefined {
  switch (code) {
    case 'InvalidAccessKeyId':
      return () => 'AWS_ACCESS_KEY_ID: the S3 server does not know it.';
    case 'SignatureDoesNotMatch':
      return () => 'AWS_SECRET_ACCESS_KEY: the S3 server does not accept what is signed with it.';
    case 'ExpiredToken':
    case 'InvalidToken':
    case 'TokenRefreshRequired':
      return () => `AWS_SESSION_TOKEN: is not valid, or not any more (${code}).`;
    case 'CredentialsProviderError':
      return () => 'AWS_ACCESS_KEY_ID: is not set, and this machine has no credentials of its own.';
    case 'NoSuchBucket':
    case 'InvalidBucketName':
      return ({ bucket }) => `ATTACHMENTS_URL: there is no bucket "${bucket}".`;
    case 'AccessDenied':
    case 'AccountProblem':
    case 'AllAccessDisabled':
    case 'Forbidden':
      return ({ bucket }, doing) =>
        `ATTACHMENTS_URL: the credentials may not ${doing} in bucket "${bucket}" (${code}).`;
    case 'AuthorizationHeaderMalformed':
    case 'PermanentRedirect':
    case 'IllegalLocationConstraintException':
      return ({ bucket, region }) => `AWS_REGION: bucket "${bucket}" is not in ${region}.`;
    case 'RequestTimeTooSkewed':
      return () => 'S3_ENDPOINT: the clock of this machine and that of the S3 server are far apart.';
    default:
      return undefined;
  }
}
