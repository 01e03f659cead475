import {
  ConfigError,
  readInteger,
  readMailbox,
  readText,
  readUrl,
  type Environment,
} from './config-values.ts';

/** How mails leave, and come in. */
export interface MailConfig {
  /** undefined: mails are captured in the outbox and never sent. */
  resendApiKey?: string;
  resendBaseUrl?: string;
  webhookSecret?: string;
  from: string;
  replyDomain?: string;
  /** Replies to one person about one ticket within this time are one mail; 0: each its own, at once. */
  digestSeconds: number;
  /** With `{number}`. */
  ticketUrl?: string;
}

/** RFC 1123, section 2.1: letters, digits and, within a label, hyphens. */
const DOMAIN = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/i;

/** @throws ConfigError naming the variable, never what it holds */
export function readMail(env: Environment): MailConfig {
  const resendApiKey = readText(env, 'RESEND_API_KEY')?.trim();
  const from = readMailbox(env, 'MAIL_FROM');
  if (resendApiKey !== undefined && from === undefined) {
    throw new ConfigError('MAIL_FROM', 'is required with RESEND_API_KEY: a sender of a verified domain.');
  }
  const webhookSecret = readText(env, 'RESEND_WEBHOOK_SECRET');
  const replyDomain = readText(env, 'MAIL_REPLY_DOMAIN')?.trim();
  if (replyDomain !== undefined && !DOMAIN.test(replyDomain)) {
    throw new ConfigError('MAIL_REPLY_DOMAIN', 'must be a domain such as replies.example.com.');
  }
  const ticketUrl = readUrl(env, 'TICKET_URL');
  if (ticketUrl !== undefined && !ticketUrl.includes('{number}')) {
    throw new ConfigError('TICKET_URL', 'must contain {number}, which becomes the number of the ticket.');
  }
  return {
    resendApiKey,
    resendBaseUrl: readUrl(env, 'RESEND_BASE_URL'),
    webhookSecret,
    from: from ?? 'Support <support@localhost>',
    replyDomain,
    digestSeconds: readInteger(env, 'MAIL_DIGEST_SECONDS', 120, 0, 3600),
    ticketUrl,
  };
}
