import { createHmac, timingSafeEqual } from 'node:crypto';

/** How old, or how far ahead, a signature may be: 5 minutes. */
const TOLERANCE_SECONDS = 5 * 60;

/** The three headers of a signed request, under either of the two names that are in use for each. */
export interface SignatureHeaders {
  id: string | undefined;
  timestamp: string | undefined;
  signature: string | undefined;
}

/**
 * Whether a request comes from the provider: HMAC-SHA256 over `id.timestamp.body`, as Standard Webhooks
 * and Svix have it. The SDK's own check is not used, since it reads the time for itself.
 *
 * @param secret `whsec_` and base64
 * @param body as it came in, to the byte
 * @param now milliseconds since 1970 UTC
 */
export function isSignedBy(secret: string, headers: SignatureHeaders, body: string, now: number): boolean {
  const { id, timestamp, signature } = headers;
  if (!id || !timestamp || !signature || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(Math.floor(now / 1000) - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const expected = createHmac('sha256', toKey(secret)).update(`${id}.${timestamp}.${body}`).digest();
  // Several while the provider rotates its keys.
  return signature.split(' ').some((one) => {
    const [version, value = ''] = one.split(',');
    const given = Buffer.from(value, 'base64');
    return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
  });
}

function toKey(secret: string): Buffer {
  const text = secret.trim().replace(/^whsec_/, '');
  // A secret that is no base64 is still one that nobody else knows; decoded loosely, little of it would be left.
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.replace(/=+$/, '').length % 4 !== 1;
  return Buffer.from(text, isBase64 ? 'base64' : 'utf8');
}
