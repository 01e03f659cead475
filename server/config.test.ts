import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from './config.ts';

const SECRET = 'k'.repeat(32);
const MINIMAL = { AUTH_SECRET: SECRET, AUTH_ISSUER: 'https://host.example' };

describe('loadConfig', () => {
  it('fills in the defaults of the contract', () => {
    expect(loadConfig(MINIMAL)).toEqual({
      port: 8787,
      host: '127.0.0.1',
      database: { kind: 'sqlite', path: 'data/support.db' },
      attachments: { kind: 'file', path: 'data/attachments' },
      auth: {
        keys: { kind: 'secret', secrets: [SECRET] },
        issuer: 'https://host.example',
        audience: 'support-center',
      },
      allowedOrigins: [],
      mail: { from: 'Support <support@localhost>', digestSeconds: 120 },
      ticketPrefix: 'SUP',
      trustProxy: 0,
      logLevel: 'info',
      shutdownGraceSeconds: 10,
      rateLimit: true,
    });
  });

  it('reads every setting', () => {
    const config = loadConfig({
      ...MINIMAL,
      PORT: '0',
      HOST: '0.0.0.0',
      DATABASE_URL: 'sqlite:///var/lib/support.db',
      ATTACHMENTS_URL: 'file:files',
      AUTH_SECRET: `${SECRET},${'n'.repeat(40)}`,
      AUTH_AUDIENCE: 'help',
      ALLOWED_ORIGINS: 'https://app.example.com, http://localhost:3000',
      RESEND_API_KEY: 're_123',
      RESEND_BASE_URL: 'http://127.0.0.1:9000',
      RESEND_WEBHOOK_SECRET: 'whsec_1',
      MAIL_FROM: 'Help <help@example.com>',
      MAIL_REPLY_DOMAIN: 'replies.example.com',
      MAIL_DIGEST_SECONDS: '0',
      PUBLIC_URL: 'https://support.example.com/',
      TICKET_URL: 'https://app.example.com/support#{number}',
      TICKET_PREFIX: 'ACME2',
      TRUST_PROXY: '2',
      LOG_LEVEL: 'warn',
      SHUTDOWN_GRACE_SECONDS: '0',
      METRICS_TOKEN: 'see-me',
      RATE_LIMIT: 'off',
    });
    expect(config).toEqual({
      port: 0,
      host: '0.0.0.0',
      database: { kind: 'sqlite', path: '/var/lib/support.db' },
      attachments: { kind: 'file', path: 'files' },
      auth: {
        keys: { kind: 'secret', secrets: [SECRET, 'n'.repeat(40)] },
        issuer: 'https://host.example',
        audience: 'help',
      },
      allowedOrigins: ['https://app.example.com', 'http://localhost:3000'],
      mail: {
        resendApiKey: 're_123',
        resendBaseUrl: 'http://127.0.0.1:9000',
        webhookSecret: 'whsec_1',
        from: 'Help <help@example.com>',
        replyDomain: 'replies.example.com',
        digestSeconds: 0,
        ticketUrl: 'https://app.example.com/support#{number}',
      },
      publicUrl: 'https://support.example.com',
      ticketPrefix: 'ACME2',
      trustProxy: 2,
      logLevel: 'warn',
      shutdownGraceSeconds: 0,
      metricsToken: 'see-me',
      rateLimit: false,
    });
  });

  it('takes a key set in place of a secret', () => {
    const config = loadConfig({ AUTH_JWKS_URL: 'https://host.example/jwks', AUTH_ISSUER: 'i' });
    expect(config.auth.keys).toEqual({ kind: 'jwks', url: 'https://host.example/jwks' });
  });

  it('takes a variable that is set to nothing for one that is not set', () => {
    expect(loadConfig({ ...MINIMAL, PORT: '', METRICS_TOKEN: ' ', ALLOWED_ORIGINS: '' })).toEqual(
      loadConfig(MINIMAL),
    );
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '80a'],
    ['PORT', '-1'],
    ['PORT', '1e3'],
    ['DATABASE_URL', 'data/support.db'],
    ['DATABASE_URL', 'sqlite:'],
    ['DATABASE_URL', 'mysql://root:hunter2@db/support'],
    ['ATTACHMENTS_URL', 'ftp://files'],
    ['AUTH_SECRET', 'k'.repeat(31)],
    ['AUTH_SECRET', `${SECRET},short`],
    ['AUTH_SECRET', `${SECRET},`],
    ['AUTH_SECRET', `${SECRET},${SECRET},${SECRET}`],
    ['AUTH_SECRET', ''],
    ['AUTH_ISSUER', ''],
    ['ALLOWED_ORIGINS', '*'],
    ['ALLOWED_ORIGINS', 'https://app.example.com/'],
    ['ALLOWED_ORIGINS', 'app.example.com'],
    ['ALLOWED_ORIGINS', 'null'],
    ['ALLOWED_ORIGINS', 'https://APP.example.com'],
    ['RESEND_BASE_URL', 'resend'],
    ['MAIL_FROM', 'nobody'],
    ['MAIL_FROM', 'A <a@example.com>\r\nBcc: b@example.com'],
    ['MAIL_REPLY_DOMAIN', 'not a domain'],
    ['MAIL_REPLY_DOMAIN', '-.-'],
    ['TICKET_URL', 'https://app.example.com/'],
    ['TICKET_URL', 'javascript:{number}'],
    ['TICKET_PREFIX', 'sup'],
    ['TICKET_PREFIX', '1SUP'],
    ['TICKET_PREFIX', 'ABCDEFGHIJK'],
    ['TRUST_PROXY', 'true'],
    ['LOG_LEVEL', 'verbose'],
    ['SHUTDOWN_GRACE_SECONDS', '-5'],
    ['METRICS_TOKEN', 'two words'],
    ['RATE_LIMIT', 'no'],
  ])('refuses %s=%j in one line that names it', (name, value) => {
    const error = refusal({ ...MINIMAL, [name]: value });
    expect(error.message).toMatch(new RegExp(`^${name}: [^\\n]+$`));
    expect(error.variable).toBe(name);
  });

  it('refuses two ways to check tokens at once', () => {
    expect(refusal({ ...MINIMAL, AUTH_JWKS_URL: 'https://host.example/jwks' }).message).toContain('only one');
  });

  it('refuses an API key without a sender', () => {
    expect(refusal({ ...MINIMAL, RESEND_API_KEY: 're_1' }).variable).toBe('MAIL_FROM');
  });

  it.each([
    'postgres://user:hunter2@db/support',
    'postgresql://user:hunter2@db:5433/support?sslmode=verify-full',
  ])('takes %s as it stands', (url) => {
    expect(loadConfig({ ...MINIMAL, DATABASE_URL: url }).database).toEqual({
      kind: 'postgres',
      url,
      connections: 10,
    });
    expect(loadConfig({ ...MINIMAL, DATABASE_URL: url, DATABASE_CONNECTIONS: '25' }).database).toMatchObject({
      connections: 25,
    });
  });

  it.each([
    'postgres:',
    'postgres://hunter2',
    'postgres://user:hunter2@db',
    'postgres://user:hunter2%@db/support',
  ])('refuses %s without telling what it holds', (url) => {
    const { message } = refusal({ ...MINIMAL, DATABASE_URL: url });
    expect(message).toMatch(/^DATABASE_URL: must be postgres:/);
    expect(message).not.toContain('hunter2');
  });
});

function refusal(env: Record<string, string>): ConfigError {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}
