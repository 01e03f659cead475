import type { Settings } from '../contract/settings.ts';
import type { Message, Ticket } from '../contract/tickets.ts';
import { createDeliverer } from '../mail/deliver.ts';
import { createInbox } from '../mail/in/inbox.ts';
import { createResendTransport } from '../mail/resend.ts';
import type { ReceiveOptions } from './inbound-mails.ts';
import { postEvent, signEvent, WEBHOOK_SECRET } from './resend-events.ts';
import { startResendServer, type ResendServer } from './resend-server.ts';
import { insertUser } from './rows.ts';
import { createTestApp, type TestApp } from './test-app.ts';
import { expectStatus } from './tickets.ts';
import { ADMIN, AGENT, CLIENT, OTHER_CLIENT } from './users.ts';
import type { Worker } from '../mail/worker.ts';

/** A mail that somebody writes; what is left out is Clara's answer about the printer. */
export interface WrittenMail {
  from?: string;
  to: string;
  cc?: string;
  subject?: string;
  text?: string;
  headers?: Record<string, string>;
  /** What the provider found; null: nothing. */
  verdict?: string | null;
  /** Headers and parts in the place of the text. */
  mime?: string;
}

/** The whole server with a local one in the provider's place, both ways. */
export interface MailRoom {
  server: ResendServer;
  test: TestApp;
  inbox: Worker;
  deliverer: Worker;
  /** The provider takes a mail in and tells of it; then it is fetched. */
  receive(mail: WrittenMail | string, options?: ReceiveOptions): Promise<void>;
  /** The provider tells of a mail that came in. */
  announce(emailId: string): Promise<void>;
  /** Sends what is due, and has the provider tell of the mail that was sent last. */
  tellOfLast(type: string, data?: object): Promise<void>;
  /** The address that this user's mails about the ticket ask to be answered at. */
  replyTo(number: string, user?: typeof CLIENT): Promise<string>;
  /** State and reason of each mail that came in. */
  rows(): Promise<string[]>;
  messagesOf(number: string): Promise<Message[]>;
  bodiesOf(number: string): Promise<string[]>;
  ticketsOf(user?: typeof CLIENT): Promise<Ticket[]>;
  close(): Promise<void>;
}

/**
 * @param options.now milliseconds since 1970 UTC; default: that of `createTestApp`
 * @param options.patienceMs after which the provider counts as silent: short only where it is meant to be
 */
export async function openMailRoom(
  settings: Partial<Settings> = {},
  { now, patienceMs = 15_000 }: { now?: number; patienceMs?: number } = {},
): Promise<MailRoom> {
  const server = await startResendServer();
  const test = await createTestApp({
    mail: createResendTransport({ apiKey: 're_test', baseUrl: server.url, timeoutMs: patienceMs }),
    config: { mail: { webhookSecret: WEBHOOK_SECRET, replyDomain: 'replies.example.com' } },
    settings,
    now,
  });
  const inbox = createInbox(test.deps, () => 1);
  const deliverer = createDeliverer(test.deps, () => 1);
  for (const user of [AGENT, ADMIN, CLIENT, OTHER_CLIENT]) await insertUser(test.deps, user);
  let told = 0;
  const tell = async (type: string, data: object) => {
    const signed = signEvent({ type, data }, { id: `msg_in_${(told += 1)}`, now: test.clock.now() });
    await expectStatus(await postEvent(test.app, signed), 200);
  };
  const announce = (emailId: string) => tell('email.received', { email_id: emailId, from: 'x', to: ['y'] });
  const messagesOf = async (number: string) => {
    const response = await test.as(AGENT).get(`/api/tickets/${number}/messages`);
    return (await expectStatus<{ messages: Message[] }>(response, 200)).messages;
  };
  return {
    server,
    test,
    inbox,
    deliverer,
    announce,
    messagesOf,
    async tellOfLast(type, data = {}) {
      await deliverer.drain();
      const sent = (await test.mails()).filter(({ provider_id: id }) => id !== null);
      await tell(type, { email_id: sent.at(-1)!.provider_id, ...data });
    },
    async receive(mail, options) {
      const id = await server.inbound.receive(typeof mail === 'string' ? mail : toEml(mail), options);
      await announce(id);
      await inbox.drain();
    },
    async replyTo(number, user = CLIENT) {
      await deliverer.drain();
      const mails = (await test.mails()).filter(
        (mail) => mail.recipient === user.email && mail.payload.subject.includes(number),
      );
      return mails.at(-1)!.payload.replyTo!;
    },
    async rows() {
      const rows = await test.deps.db.selectFrom('inbound_mails').selectAll().orderBy('id').execute();
      return rows.map(({ state, reason }) => (reason === null ? state : `${state} ${reason}`));
    },
    bodiesOf: async (number) => (await messagesOf(number)).map(({ body }) => body),
    async ticketsOf(user = CLIENT) {
      const response = await test.as(user).get('/api/tickets');
      return (await expectStatus<{ tickets: Ticket[] }>(response, 200)).tickets;
    },
    async close() {
      await inbox.stop();
      await deliverer.stop();
      await test.close();
      await server.close();
    },
  };
}

/** The header by which the provider says that a mail is from this domain. */
export function passed(domain: string): string {
  return `amazonses.com; spf=pass; dkim=pass header.i=@${domain}; dmarc=pass header.from=${domain};`;
}

let written = 0;

/** The mail as it stands on the wire, with a Message-ID of its own. */
export function toEml(mail: WrittenMail): string {
  const from = mail.from ?? `${CLIENT.name} <${CLIENT.email}>`;
  const domain = /@([\w.-]+)[^@]*$/.exec(from)![1]!;
  const verdict = mail.verdict === undefined ? passed(domain) : mail.verdict;
  const lines = [
    ...(verdict === null ? [] : [`Authentication-Results: ${verdict}`]),
    `Message-ID: <${(written += 1)}@mail.example.com>`,
    `From: ${from}`,
    `To: ${mail.to}`,
    ...(mail.cc ? [`Cc: ${mail.cc}`] : []),
    `Subject: ${mail.subject ?? 'Re: Printer on fire'}`,
    ...Object.entries(mail.headers ?? {}).map(([name, value]) => `${name}: ${value}`),
  ];
  return [...lines, ...(mail.mime ? [mail.mime] : ['', mail.text ?? 'It burns still.'])].join('\n');
}
