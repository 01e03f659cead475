/** Every setting of the process, parsed once (contract section 5). Only this module reads `process.env`. */
export interface Config {
  port: number;
  host: string;
  database: { kind: 'sqlite'; path: string };
  attachments: { kind: 'file'; path: string };
  auth: {
    issuer: string;
    audience: string;
    /** HS256: one key, or two while rotating. */
    keys: { kind: 'secret'; secrets: string[] } | { kind: 'jwks'; url: string };
  };
  /** Exact origins; empty is same origin only. */
  allowedOrigins: string[];
  mail: {
    /** undefined: mails are captured in the outbox and never sent. */
    resendApiKey?: string;
    resendBaseUrl?: string;
    webhookSecret?: string;
    from: string;
    replyDomain?: string;
    /** With `{number}`. */
    ticketUrl?: string;
  };
  ticketPrefix: string;
  /** Proxies in front whose `X-Forwarded-For` entry is believed. */
  trustProxy: number;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  shutdownGraceSeconds: number;
  metricsToken?: string;
  rateLimit: boolean;
}
