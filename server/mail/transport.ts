import type { Config } from '../config.ts';
import type { MailTransport } from '../deps.ts';
import { captureTransport } from './capture.ts';
import { createResendTransport } from './resend.ts';

/** The transport that the configuration asks for: Resend with an API key, the outbox alone without. */
export function createMailTransport({ mail }: Pick<Config, 'mail'>): MailTransport {
  if (mail.resendApiKey === undefined) return captureTransport;
  return createResendTransport({ apiKey: mail.resendApiKey, baseUrl: mail.resendBaseUrl });
}
