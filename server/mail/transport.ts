import type { Config } from '../config.ts';
import type { MailTransport } from '../deps.ts';
import { captureTransport } from './capture.ts';

/** The transport that the configuration asks for: Resend with an API key, the outbox alone without. */
export function createMailTransport({ mail }: Pick<Config, 'mail'>): MailTransport {
  const { resendApiKey: apiKey, resendBaseUrl: baseUrl } = mail;
  if (apiKey === undefined) return captureTransport;
  let resend: MailTransport | undefined;
  // With the first mail: the provider's library keeps some megabytes in memory.
  const load = async () =>
    (resend ??= (await import('./resend.ts')).createResendTransport({ apiKey, baseUrl }));
  return {
    send: async (...mail) => (await load()).send(...mail),
    receive: {
      fetch: async (...mail) => (await load()).receive!.fetch(...mail),
      download: async (...file) => (await load()).receive!.download(...file),
    },
  };
}
