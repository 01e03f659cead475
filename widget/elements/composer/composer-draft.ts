import type { Attachment, NewMessage } from '../../../server/contract/tickets.ts';
import type { Status } from '../../../server/contract/vocabulary.ts';
import { newIdempotencyKey } from '../../idempotency-key.ts';
import type { SupportStore } from '../../state.ts';

/** Milliseconds of quiet before what was typed is stored. */
const QUIET = 300;

/** What the server does by itself after an agent's reply. */
export const DEFAULT_STATUS: Status = 'waiting_user';

/** A reply or a note that is being written, stored for the tab and user as it changes. */
export class ComposerDraft {
  readonly mode: 'reply' | 'note';
  body: string;
  attachments: Attachment[];
  /** What an agent wants the ticket to be once the reply is sent. */
  status: Status;
  /** Id of the last public message when it was begun: what came later, it may not have taken into account. */
  seen: string;
  readonly #store: SupportStore;
  readonly #owner: string | undefined;
  readonly #name: string;
  /** Belongs to exactly this content; stored with it, so that a retry after a reload is safe as well. */
  #idempotencyKey: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(store: SupportStore, number: string, mode: 'reply' | 'note') {
    this.mode = mode;
    this.#store = store;
    this.#owner = store.session.value?.actor.id;
    this.#name = `${mode}:${number}`;
    const kept = store.readDraft(this.#name);
    this.body = kept?.fields['body'] ?? '';
    this.status = (kept?.fields['status'] as Status | undefined) ?? DEFAULT_STATUS;
    this.attachments = kept?.attachments ?? [];
    this.seen = kept?.fields['seen'] ?? '';
    this.#idempotencyKey = kept?.idempotencyKey;
  }

  get isEmpty(): boolean {
    return this.body.trim() === '' && this.attachments.length === 0;
  }

  change(change: { body?: string; status?: Status }): void {
    const wasEmpty = this.body === '';
    Object.assign(this, change);
    // The conversation may have been on its way when the first letter was typed.
    if (this.body !== '' && (wasEmpty || this.seen === '')) this.see();
    this.#changed();
  }

  /** The writer knows the conversation as it is now. */
  see(): void {
    const { messages = [] } = this.#store.thread.value ?? {};
    this.seen = messages.findLast(({ internal }) => !internal)?.id ?? '';
  }

  attach(attachments: Attachment[]): void {
    const isSame =
      attachments.length === this.attachments.length &&
      attachments.every(({ id }, index) => id === this.attachments[index]?.id);
    this.attachments = attachments;
    if (!isSame) this.#changed();
  }

  #changed(): void {
    this.#idempotencyKey = undefined;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), QUIET);
  }

  /** What goes out, and the key that makes a second sending of it harmless. */
  message(): { input: NewMessage; idempotencyKey: string } {
    this.#idempotencyKey ??= newIdempotencyKey();
    this.flush();
    const input: NewMessage = {
      body: this.body,
      ...(this.attachments.length > 0 && { attachmentIds: this.attachments.map(({ id }) => id) }),
      ...(this.mode === 'note' && { internal: true }),
      ...(this.mode === 'reply' && this.status !== DEFAULT_STATUS && { status: this.status }),
    };
    return { input, idempotencyKey: this.#idempotencyKey };
  }

  /** The server knows the key under other content: the next attempt is another message. */
  forgetKey(): void {
    this.#idempotencyKey = undefined;
    this.flush();
  }

  /** Stores it at once. Not for somebody else who signed in meanwhile. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const owner = this.#store.session.value?.actor.id;
    if (owner === undefined || owner !== this.#owner) return;
    const { body, status, seen, attachments } = this;
    const untouched = body === '' && attachments.length === 0;
    const idempotencyKey = this.#idempotencyKey;
    const draft = { fields: { body, status, seen }, attachments, ...(idempotencyKey && { idempotencyKey }) };
    this.#store.writeDraft(this.#name, untouched ? null : draft);
  }

  /** It was sent, or went elsewhere. */
  discard(): void {
    this.body = '';
    this.attachments = [];
    this.status = DEFAULT_STATUS;
    this.seen = '';
    this.forgetKey();
  }
}
