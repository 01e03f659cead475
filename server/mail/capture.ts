import type { MailTransport } from '../deps.ts';

/** Sends nothing: without an API key mails stay in the outbox, where the demo's mailbox shows them. */
export const captureTransport: MailTransport = {
  captures: true,
  send: async () => ({ state: 'captured' }),
};
