import { expect, it } from 'vitest';
import { readAttachments } from './config-attachments.ts';
import { ConfigError } from './config-values.ts';

const KEYS = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'hunter2' };
const AMAZON = { ATTACHMENTS_URL: 's3://acme-support/files', AWS_REGION: 'eu-central-1' };

it('keeps files in a folder unless told otherwise', () => {
  expect(readAttachments({})).toEqual({ kind: 'file', path: 'data/attachments' });
  expect(readAttachments({ ATTACHMENTS_URL: 'file:///var/files' })).toEqual({
    kind: 'file',
    path: '/var/files',
  });
});

it('reads a bucket of Amazon', () => {
  expect(readAttachments({ ...AMAZON, ...KEYS, AWS_SESSION_TOKEN: 'token' })).toEqual({
    kind: 's3',
    bucket: 'acme-support',
    prefix: 'files',
    endpoint: undefined,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'AKIA', secretAccessKey: 'hunter2', sessionToken: 'token' },
  });
});

it('leaves the credentials to the machine where none are given', () => {
  expect(readAttachments(AMAZON)).toMatchObject({ credentials: undefined });
});

it('reads a bucket of another server, which may have no regions', () => {
  const env = { ATTACHMENTS_URL: 's3://files/', S3_ENDPOINT: 'http://s3.internal:9000/', ...KEYS };
  expect(readAttachments(env)).toMatchObject({
    bucket: 'files',
    prefix: '',
    endpoint: 'http://s3.internal:9000',
    region: 'us-east-1',
  });
});

it.each<[string, Record<string, string>]>([
  ['ATTACHMENTS_URL', { ATTACHMENTS_URL: 'ftp://hunter2@files' }],
  ['ATTACHMENTS_URL', { ATTACHMENTS_URL: 's3://' }],
  ['ATTACHMENTS_URL', { ATTACHMENTS_URL: 's3:bucket' }],
  ['ATTACHMENTS_URL', { ATTACHMENTS_URL: 's3://Bucket' }],
  ['ATTACHMENTS_URL', { ATTACHMENTS_URL: 's3://AKIA:hunter2@bucket/files' }],
  ['ATTACHMENTS_URL', { ATTACHMENTS_URL: 's3://bucket/a//b' }],
  ['ATTACHMENTS_URL', { ATTACHMENTS_URL: 's3://bucket/../b' }],
  ['ATTACHMENTS_URL', { ATTACHMENTS_URL: 's3://bucket/files?secret=hunter2' }],
  ['AWS_REGION', { AWS_REGION: '' }],
  ['AWS_REGION', { AWS_REGION: 'somewhere nice' }],
  ['S3_ENDPOINT', { S3_ENDPOINT: 's3.internal:9000', ...KEYS }],
  ['S3_ENDPOINT', { S3_ENDPOINT: 'https://AKIA:hunter2@s3.internal', ...KEYS }],
  ['AWS_ACCESS_KEY_ID', { S3_ENDPOINT: 'https://s3.internal' }],
  ['AWS_ACCESS_KEY_ID', { AWS_SECRET_ACCESS_KEY: 'hunter2' }],
  ['AWS_ACCESS_KEY_ID', { AWS_SESSION_TOKEN: 'hunter2' }],
  ['AWS_SECRET_ACCESS_KEY', { AWS_ACCESS_KEY_ID: 'AKIA' }],
])('names %s, and not what it holds, when given %j', (name, given) => {
  let error: unknown;
  try {
    readAttachments({ ...AMAZON, ...given });
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(ConfigError);
  expect((error as Error).message).toMatch(new RegExp(`^${name}: [^\\n]+$`));
  expect((error as Error).message).not.toContain('hunter2');
});
