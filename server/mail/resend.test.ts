import { Resend } from 'resend';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MailPayload, SendOutcome } from '../deps.ts';
import { startResendServer, type ResendAnswer, type ResendServer } from '../testing/resend-server.ts';
import { signEvent, WEBHOOK_SECRET } from '../testing/resend-events.ts';
import { createResendTransport } from './resend.ts';
import { isSignedBy } from './webhook/verify.ts';

const MAIL: MailPayload = {
  from: 'Support <support@example.com>',
  to: 'clara@example.com',
  subject: '[SUP-1001] Grüße',
  html: '<p>Hi</p>',
  text: 'Hi',
  headers: { 'Auto-Submitted': 'auto-generated' },
};

let server: ResendServer;
beforeEach(async () => {
  server = await startResendServer();
});
afterEach(() => server.close());

async function send(answer?: ResendAnswer, signal = new AbortController().signal): Promise<SendOutcome> {
  if (answer) server.script(answer);
  const transport = createResendTransport({
    apiKey: 're_test',
    baseUrl: `${server.url}/`,
    timeoutMs: answer === 'hang' ? 50 : 10_000,
  });
  return await transport.send(MAIL, 'SUP-1001/confirmation/v1', signal);
}

const refusal = (statusCode: number, name: string, headers?: Record<string, string>): ResendAnswer => ({
  status: statusCode,
  body: { statusCode, name, message: 'Said the provider.' },
  headers,
});

describe('the Resend transport', () => {
  it('sends the mail with the API key and the idempotency key', async () => {
    expect(await send()).toEqual({ state: 'sent', providerId: 'resend-1' });
    const [request] = server.received;
    expect(request?.path).toBe('/emails');
    expect(request?.headers.authorization).toBe('Bearer re_test');
    expect(request?.headers['idempotency-key']).toBe('SUP-1001/confirmation/v1');
    expect(request?.body).toMatchObject(MAIL);
  });

  it('retries a 429 after the seconds that Retry-After names', async () => {
    const outcome = await send(refusal(429, 'rate_limit_exceeded', { 'retry-after': '7' }));
    expect(outcome).toMatchObject({ state: 'retry', retryAfterMs: 7000 });
  });

  it('reads Retry-After as a date, counted from the date of the answer', async () => {
    const date = new Date(Date.UTC(2026, 0, 1)).toUTCString();
    const later = new Date(Date.UTC(2026, 0, 1, 0, 0, 30)).toUTCString();
    const outcome = await send(refusal(429, 'rate_limit_exceeded', { date, 'retry-after': later }));
    expect(outcome).toMatchObject({ state: 'retry', retryAfterMs: 30_000 });
  });

  it('asks again within the hour whatever Retry-After says', async () => {
    const outcome = await send(refusal(429, 'daily_quota_exceeded', { 'retry-after': '86400' }));
    expect(outcome).toMatchObject({ state: 'retry', retryAfterMs: 3_600_000 });
  });

  it.each(['soon', '-5', '0'])('ignores a Retry-After of %j', async (value) => {
    const outcome = await send(refusal(429, 'rate_limit_exceeded', { 'retry-after': value }));
    expect(outcome.state).toBe('retry');
    expect((outcome as { retryAfterMs?: number }).retryAfterMs).toBeUndefined();
  });

  it.each<[string, ResendAnswer]>([
    ['a 500', refusal(500, 'application_error')],
    ['a 500 without JSON', { status: 500, raw: '<h1>Oops</h1>' }],
    ['a 503 with JSON that is no object', { status: 503, raw: 'null' }],
    ['a 502 of a proxy', { status: 502, raw: '' }],
    ['the same mail already under way', refusal(409, 'concurrent_idempotent_requests')],
    ['an API key about to be corrected', refusal(403, 'invalid_api_key')],
    ['a missing API key', refusal(401, 'missing_api_key')],
    ['a success with broken JSON', { status: 200, raw: '{"id":' }],
    ['a success without an id', { status: 200, body: {} }],
    ['a connection that breaks', 'reset'],
  ])('retries %s', async (_, answer) => {
    const outcome = await send(answer);
    expect(outcome.state).toBe('retry');
    expect((outcome as { error: string }).error).not.toBe('');
  });

  it('retries when there is no answer in time', async () => {
    expect(await send('hang')).toEqual({ state: 'retry', error: 'No answer in time.' });
  });

  it('retries when nobody listens', async () => {
    await server.close();
    expect((await send()).state).toBe('retry');
    server = await startResendServer();
  });

  it('breaks off when it is told to', async () => {
    const abort = new AbortController();
    server.onRequest(() => abort.abort());
    server.script('hang');
    const transport = createResendTransport({ apiKey: 're_test', baseUrl: server.url });
    expect((await transport.send(MAIL, 'key', abort.signal)).state).toBe('retry');
  });

  it.each<[string, ResendAnswer]>([
    ['422', refusal(422, 'missing_required_field')],
    ['400', refusal(400, 'validation_error')],
    ['403 of an unverified domain', refusal(403, 'validation_error')],
    ['409 of another mail under this key', refusal(409, 'invalid_idempotent_request')],
    ['404 without JSON', { status: 404, raw: 'nothing here' }],
    ['refusal that names no status', { status: 422, body: { name: 'validation_error', message: 'No.' } }],
  ])('gives up on a %s', async (_, answer) => {
    expect((await send(answer)).state).toBe('failed');
  });

  it('never tells the API key', async () => {
    expect(JSON.stringify(await send(refusal(401, 'restricted_api_key')))).not.toContain('re_test');
  });

  it('signs its events in the way that we check', () => {
    const { headers, body } = signEvent({ type: 'email.sent' }, { id: 'msg_1', now: Date.now() });
    const given = {
      id: headers['svix-id']!,
      timestamp: headers['svix-timestamp']!,
      signature: headers['svix-signature']!,
    };
    const { webhooks } = new Resend('re_test');
    expect(webhooks.verify({ payload: body, headers: given, webhookSecret: WEBHOOK_SECRET })).toEqual({
      type: 'email.sent',
    });
    expect(isSignedBy(WEBHOOK_SECRET, given, body, Date.now())).toBe(true);
  });
});
