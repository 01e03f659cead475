import { createHmac } from 'node:crypto';
import type { App } from '../app.ts';

export const WEBHOOK_SECRET = `whsec_${Buffer.from('a secret of the mail provider').toString('base64')}`;

/** Headers and body of an event as the provider sends it. */
export interface SignedEvent {
  headers: Record<string, string>;
  body: string;
}

/**
 * Signs an event as Svix does.
 *
 * @param now milliseconds since 1970 UTC
 */
export function signEvent(
  event: unknown,
  { id, now, secret = WEBHOOK_SECRET }: { id: string; now: number; secret?: string },
): SignedEvent {
  const body = JSON.stringify(event);
  const timestamp = String(Math.floor(now / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'svix-id': id,
      'svix-timestamp': timestamp,
      'svix-signature': `v1,${signature}`,
    },
  };
}

export async function postEvent(app: App, { headers, body }: SignedEvent): Promise<Response> {
  return await app.request('/api/webhooks/resend', { method: 'POST', headers, body });
}
