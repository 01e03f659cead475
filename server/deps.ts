import type { Kysely } from 'kysely';
import type { Readable } from 'node:stream';
import type { Config } from './config.ts';
import type { RelatedApp } from './contract/tickets.ts';
import type {
  EventType,
  MailEvent,
  PresenceState,
  PresenceEvent,
  QuarantineEvent,
  ReadEvent,
} from './contract/events.ts';
import type { Role } from './contract/vocabulary.ts';
import type { Tables } from './db/tables.ts';

/** Everything a service is given from outside. `main.ts` composes the real ones, tests their own. */
export interface Deps {
  config: Config;
  db: Db;
  clock: Clock;
  log: Log;
  storage: AttachmentStorage;
  live: LiveHub;
  mail: MailTransport;
}

export type Db = Kysely<Tables>;

/** The only reader of the time. */
export interface Clock {
  /** Milliseconds since 1970 UTC. */
  now(): number;
}

/** Structured, one JSON line an event. Never a token, a subject or a message text. */
export interface Log {
  debug(event: string, fields?: Record<string, unknown>): void;
  info(event: string, fields?: Record<string, unknown>): void;
  warn(event: string, fields?: Record<string, unknown>): void;
  error(event: string, fields?: Record<string, unknown>): void;
}

/** Who makes a request: read off a verified token, and stored in `users`. */
export interface Actor {
  /** Row id in `users`; never leaves the server. */
  userId: number;
  /** `sub` of the token. */
  id: string;
  name: string;
  email: string;
  role: Role;
  /** From the token's `related_apps`; undefined: the host did not restrict them. */
  relatedApps?: RelatedApp[];
}

/** Where the bytes of attachments are. Keys are random names made by the server. */
export interface AttachmentStorage {
  /**
   * Stores the stream under `key`, durably before it resolves: on disk written, fsynced and renamed.
   *
   * @throws SupportError `payload_too_large` past `maxBytes` (nothing is left behind),
   *   `storage_full` when the disk or the quota is
   */
  put(
    key: string,
    source: AsyncIterable<Uint8Array>,
    options: { maxBytes: number; signal?: AbortSignal },
  ): Promise<{ size: number; sha256: string; head: Uint8Array }>;
  /** @returns null when there is nothing under `key` */
  open(key: string): Promise<Readable | null>;
  /** Resolves also when there was nothing. */
  delete(key: string): Promise<void>;
  /** Every key, for the sweep of bytes without a row. */
  keys(): AsyncIterable<{ key: string; modifiedAt: number }>;
  /**
   * Tries whether the place is there (`reach`), and also whether files can be written, read and deleted in it
   * (`rights`). Where there is nothing to try, it is missing.
   *
   * @throws StorageMisconfigured (a setting is wrong), StorageUnavailable (it may work the next time)
   */
  check?(depth: 'reach' | 'rights'): Promise<void>;
  /** Lets go of idle connections. */
  close?(): void;
}

/** A committed change, on its way to the streams. */
export interface Change {
  type: EventType;
  number: string;
  seq: number;
  internal: boolean;
  /** `users.id` of the ticket's requester: the one client who may hear of it. */
  requesterId: number;
}

/** For the streams of single people, by `users.id`, or of agents. Not kept: who is not there does not hear of it. */
export type Whisper =
  | { to: readonly number[]; event: 'read'; data: ReadEvent }
  | { to: readonly number[]; event: 'presence'; data: PresenceEvent }
  | { to: 'agents'; event: 'mail'; data: MailEvent }
  | { to: 'agents'; event: 'quarantine'; data: QuarantineEvent };

/** For the other processes on the same database: ids and states, never a word of anybody's. */
export type News =
  /** An agent has a ticket open, or (null) has left it. */
  | { presence: { number: string; userId: number; state: PresenceState | null } }
  /** Settings have been saved. */
  | { settings: true };

export interface LiveListener {
  changed(change: Change): void;
  whispered?(whisper: Whisper): void;
  /** Another process says so. */
  heard?(news: News): void;
  /** Changes may have been missed: what a reader shows has to be loaded anew. */
  unsure?(): void;
  /** The process stops: nothing follows. */
  ended?(): void;
}

export interface LiveHub {
  /** Called after commit, never inside a transaction. */
  publish(change: Change): void;
  whisper(whisper: Whisper): void;
  /** Told to the other processes, where there are any; not to this one. */
  spread(news: News): void;
  /** @returns the function that ends the subscription */
  subscribe(listener: ((change: Change) => void) | LiveListener): () => void;
  /** Ends every stream: the process stops. */
  end(): void;
  readonly isEnded: boolean;
}

/** What the provider gets; frozen in the outbox row when it is written. */
export interface MailPayload {
  from: string;
  to: string;
  replyTo?: string;
  subject: string;
  html: string;
  text: string;
  headers?: Record<string, string>;
}

/** A mail that came in, as the provider hands it over. Every word of it is the sender's. */
export interface IncomingMail {
  /** The `From` header. */
  from: string;
  /** Every address that it was sent to, the envelope's first. */
  to: string[];
  subject: string;
  text: string | null;
  html: string | null;
  /** In lower case, as often as they stand there. */
  headers: Array<[name: string, value: string]>;
  /** The headers stand in the order of the mail: what the provider wrote is above what the sender did. */
  inOrder: boolean;
  messageId: string | null;
  files: IncomingFile[];
}

export interface IncomingFile {
  id: string;
  name: string | null;
  size: number;
  contentType: string;
  /** Shown within the text, such as a pasted screenshot or the logo of a signature. */
  inline: boolean;
}

export type FetchOutcome =
  | { state: 'fetched'; mail: IncomingMail }
  | { state: 'retry'; error: string; retryAfterMs?: number }
  /** It is not there, or not ours to read. */
  | { state: 'failed'; error: string };

/** The way in, where the provider has one. */
export interface MailReceiver {
  fetch(providerId: string, signal: AbortSignal): Promise<FetchOutcome>;
  /** @throws Error when the file cannot be had now */
  download(providerId: string, fileId: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
}

export type SendOutcome =
  | { state: 'sent'; providerId: string }
  /** No API key: kept, never sent. */
  | { state: 'captured' }
  /** 429, 5xx, no answer: try again with the same key. `retryAfterMs` when the provider named it. */
  | { state: 'retry'; error: string; retryAfterMs?: number }
  /** The provider refused it for good. */
  | { state: 'failed'; error: string };

export interface MailTransport {
  /** Nothing will ever be sent: mails are written as `captured` at once, not queued. */
  captures?: boolean;
  send(payload: MailPayload, idempotencyKey: string, signal: AbortSignal): Promise<SendOutcome>;
  receive?: MailReceiver;
}
