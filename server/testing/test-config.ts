import type { Config } from '../config.ts';

/** What a test may say about the configuration; `mail` and `auth` are merged, not replaced. */
export type ConfigOverrides = Partial<Omit<Config, 'mail' | 'auth'>> & {
  mail?: Partial<Config['mail']>;
  auth?: Partial<Config['auth']>;
};

/** A valid configuration: HS256, no API key (mails are captured), rate limits off unless the test is about them. */
export function createTestConfig(overrides: ConfigOverrides = {}): Config {
  return {
    port: 0,
    host: '127.0.0.1',
    database: { kind: 'sqlite', path: ':memory:' },
    attachments: { kind: 'file', path: '' },
    allowedOrigins: [],
    ticketPrefix: 'SUP',
    trustProxy: 0,
    logLevel: 'debug',
    shutdownGraceSeconds: 10,
    rateLimit: false,
    ...overrides,
    auth: {
      issuer: 'https://host.example',
      audience: 'support-center',
      keys: { kind: 'secret', secrets: ['0123456789abcdef0123456789abcdef'] },
      ...overrides.auth,
    },
    mail: { from: 'Support <support@example.com>', digestSeconds: 120, ...overrides.mail },
  };
}
