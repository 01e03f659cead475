import type { PresentPerson } from '../server/contract/events.ts';
import type { QuarantinedMail, ReleaseMail } from '../server/contract/mail.ts';
import type { Session } from '../server/contract/session.ts';
import type { Settings } from '../server/contract/settings.ts';
import type {
  Attachment,
  Counts,
  HistoryEntry,
  Message,
  NewMessage,
  NewTicket,
  Person,
  RelatedApp,
  Ticket,
  TicketPatch,
} from '../server/contract/tickets.ts';
import type { Category, Priority, Sort, Status } from '../server/contract/vocabulary.ts';
import type { ApiError } from './api-error.ts';
import type { Cell } from './cell.ts';

/** What is shown: one view at a time. */
export type Route =
  | { view: 'list' }
  | { view: 'new'; defaults?: TicketDefaults }
  | { view: 'ticket'; number: string }
  | { view: 'settings' }
  | { view: 'quarantine' };

/** Whether the same thing is shown; what a form starts with makes no difference. */
export function isSameView(one: Route, other: Route): boolean {
  const number = (route: Route): string => (route.view === 'ticket' ? route.number : '');
  return one.view === other.view && number(one) === number(other);
}

/** What a new ticket starts with; the person can change all of it. */
export interface TicketDefaults {
  subject?: string;
  category?: Category;
  priority?: Priority;
  description?: string;
  /** Id of one of the related apps. */
  relatedApp?: string;
  /** Number of the closed ticket that this one continues. */
  followUpOf?: string;
}

/** What the list is narrowed to; `null` is any. */
export interface ListFilter {
  status: Status | null;
  priority: Priority | null;
  category: Category | null;
  /** `me`, `none` or an agent's id; agents only. */
  assignee: string | null;
  q: string;
  sort: Sort;
}

export const NO_FILTER: ListFilter = {
  status: null,
  priority: null,
  category: null,
  assignee: null,
  q: '',
  sort: 'newest',
};

/**
 * Where the support center as a whole stands: `off` is switched off for this user, `external` points to the
 * Support URL, `signed-out` is after `logout()` or a token that could not be had.
 */
export type Phase =
  | { name: 'starting' }
  | { name: 'ready' }
  | { name: 'off' }
  | { name: 'external'; url: string }
  | { name: 'signed-out'; error: ApiError | null }
  | { name: 'failed'; error: ApiError };

export interface ListState {
  tickets: Ticket[];
  nextCursor: string | null;
  /** `loading`: nothing of this filter is here yet; `refreshing`: the shown tickets are being renewed. */
  status: 'loading' | 'ready' | 'refreshing' | 'loading-more' | 'failed';
  error: ApiError | null;
}

export interface ThreadState {
  number: string;
  status: 'loading' | 'ready' | 'failed';
  error: ApiError | null;
  ticket: Ticket | null;
  messages: Message[];
  history: HistoryEntry[];
}

/** The mails that wait for an agent to look at them. */
export interface QuarantineState {
  desk: QuarantineDesk;
  /** How many there are; null: not known yet. */
  total: number | null;
  /** Newest first; empty until `desk.load()`. */
  mails: QuarantinedMail[];
  nextCursor: string | null;
  /** `counted`: nobody has looked at them yet. */
  status: 'counted' | 'loading' | 'ready' | 'refreshing' | 'loading-more' | 'failed';
  error: ApiError | null;
}

/** Methods reject with `ApiError`: `not_found` when another agent was faster. */
export interface QuarantineDesk {
  load(): Promise<void>;
  loadMore(): Promise<void>;
  /** @returns number of the ticket that it is a part of now */
  release(id: string, input: ReleaseMail): Promise<string>;
  drop(id: string): Promise<void>;
}

/** A line at the edge of the view that goes away by itself. */
export interface Toast {
  id: number;
  kind: 'success' | 'info' | 'error';
  text: string;
  action?: { label: string; run: () => void };
}

/** Somebody else changed the ticket first: nothing was overwritten. */
export interface Conflict {
  /** What the person had on screen. */
  before: Ticket;
  /** What is there now. */
  current: Ticket;
  /** What the person asked for. */
  patch: TicketPatch;
}

/** Text that was typed and not sent, with the files that go with it. Kept for the tab and user. */
export interface Draft {
  fields: Record<string, string>;
  attachments: Attachment[];
  /** Belongs to exactly this content: a changed draft gets another. */
  idempotencyKey?: string;
}

/**
 * The one store behind an element: it alone talks to the server; elements read its cells and call its methods.
 * Methods that change something reject with `ApiError`; what they loaded or changed is in the cells before they
 * resolve.
 */
export interface SupportStore {
  readonly phase: Cell<Phase>;
  readonly session: Cell<Session | null>;
  readonly route: Cell<Route>;
  readonly filter: Cell<ListFilter>;
  readonly list: Cell<ListState>;
  readonly counts: Cell<Counts | null>;
  readonly unreadCount: Cell<number>;
  readonly thread: Cell<ThreadState | null>;
  readonly agents: Cell<Person[] | null>;
  readonly relatedApps: Cell<RelatedApp[]>;
  readonly online: Cell<boolean>;
  /** The other agents who have the open ticket open; always empty for clients. */
  readonly presence: Cell<PresentPerson[]>;
  /** null for clients, and until its code is here. */
  readonly quarantine: Cell<QuarantineState | null>;
  readonly toasts: Cell<Toast[]>;
  /** For screen readers, politely; the root renders it into a live region. */
  readonly announcement: Cell<string>;

  /** The address of a ticket where the host lets each have one (`routing="hash"`), so that it opens in a tab. */
  ticketHref(number: string): string | null;
  /** Shows a view. Does nothing but set `route` (and load what the view needs). */
  navigate(route: Route): void;
  /** Narrows the list; a change of `q` is debounced, answers to older filters are dropped. */
  setFilter(change: Partial<ListFilter>): void;
  loadMore(): Promise<void>;
  /** Loads list, counts and the open thread anew, keeping what is shown meanwhile; after a failure, starts over. */
  refresh(): Promise<void>;

  /** Fills `agents` once; later calls answer from it. */
  loadAgents(): Promise<Person[]>;
  /** Loads the thread into `thread`; a second call for the same number refreshes it. */
  openThread(number: string): Promise<void>;
  createTicket(input: NewTicket, idempotencyKey: string): Promise<Ticket>;
  /** @param version of the ticket, where the reply must not go out over a newer one: `version_mismatch` then */
  reply(number: string, input: NewMessage, idempotencyKey: string, version?: number): Promise<Message>;
  /** An agent types on the open ticket: the others may know. */
  noteTyping(): void;
  /** @returns the conflict when somebody was faster (nothing is changed then), else null */
  /** Sends the mail about a message again. For agents. */
  retryMail(number: string, messageId: string): Promise<void>;
  changeTicket(number: string, patch: TicketPatch): Promise<Conflict | null>;
  closeTicket(number: string): Promise<void>;
  reopenTicket(number: string, message?: string): Promise<void>;
  deleteTicket(number: string): Promise<void>;

  loadSettings(): Promise<{ settings: Settings; version: string }>;
  /** @throws ApiError `version_mismatch` when another admin saved first */
  saveSettings(settings: Settings, version: string): Promise<{ settings: Settings; version: string }>;

  /** @param onProgress is called with 0 to 1 */
  upload(
    file: File,
    options: { onProgress: (share: number) => void; signal: AbortSignal },
  ): Promise<Attachment>;
  /** A `blob:` address of the bytes, made once and revoked with the identity. */
  attachmentUrl(attachment: Attachment): Promise<string>;

  /** Keys: `new`, `reply:SUP-1001`, `note:SUP-1001`. */
  readDraft(key: string): Draft | null;
  writeDraft(key: string, draft: Draft | null): void;

  toast(toast: Omit<Toast, 'id'>): void;
  dismissToast(id: number): void;
  announce(text: string): void;
}
