import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export interface S3Keys {
  accessKeyId: string;
  secretAccessKey: string;
}

/**
 * Signature Version 4 as Amazon's S3 checks it ("Authenticating Requests: Using the Authorization Header"):
 * `s3rver` believes every signature, so this stands before it.
 *
 * @returns the error code that S3 answers, or null when the request is signed well
 */
export function findSignatureFault(request: IncomingMessage, body: Buffer, keys: S3Keys): string | null {
  const given = parse(request.headers.authorization ?? '');
  if (!given) return 'AccessDenied';
  if (given.accessKeyId !== keys.accessKeyId) return 'InvalidAccessKeyId';
  const payload = String(request.headers['x-amz-content-sha256']);
  const url = new URL(request.url!, 'http://host');
  const query = [...url.searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const headers = given.signedHeaders.map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  const canonical = [
    request.method,
    url.pathname,
    query,
    headers.join(''),
    given.signedHeaders.join(';'),
    payload,
  ].join('\n');
  const stated = [
    'AWS4-HMAC-SHA256',
    request.headers['x-amz-date'],
    given.scope.join('/'),
    sha256(canonical),
  ].join('\n');
  const signingKey = given.scope.reduce<string | Buffer>(
    (key, part) => createHmac('sha256', key).update(part).digest(),
    `AWS4${keys.secretAccessKey}`,
  );
  const expected = createHmac('sha256', signingKey).update(stated).digest('hex');
  if (expected !== given.signature) return 'SignatureDoesNotMatch';
  if (payload !== 'UNSIGNED-PAYLOAD' && payload !== sha256(body)) return 'XAmzContentSHA256Mismatch';
  const checksum = request.headers['x-amz-checksum-sha256'];
  const isOther = checksum !== undefined && checksum !== createHash('sha256').update(body).digest('base64');
  return isOther ? 'BadDigest' : null;
}

function parse(authorization: string) {
  const found =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), *SignedHeaders=([^,]+), *Signature=([0-9a-f]{64})$/.exec(
      authorization,
    );
  if (!found) return null;
  const [, accessKeyId, scope, signedHeaders, signature] = found;
  return {
    accessKeyId,
    scope: scope!.split('/'),
    signedHeaders: signedHeaders!.split(';'),
    signature,
  };
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(bytes: string | Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
