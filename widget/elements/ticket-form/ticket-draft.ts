import type { Attachment } from '../../../server/contract/tickets.ts';
import { newIdempotencyKey } from '../../idempotency-key.ts';
import { toJson } from '../../plain-json.ts';
import type { SupportStore, TicketDefaults } from '../../state.ts';
import type { TicketFields } from './check-ticket.ts';

/** Milliseconds of quiet before what was typed is stored. */
const QUIET = 400;

/**
 * What was typed into the form, restored and stored again as it changes. A follow-up has a draft of its own, so
 * that it does not mix with another ticket that was begun.
 */
export class TicketDraft {
  /** Id of who types. */
  readonly owner: string | undefined;
  readonly followUpOf: string | null;
  fields: TicketFields;
  attachments: Attachment[];
  readonly #store: SupportStore;
  readonly #key: string;
  /** The defaults it began with, to tell when the host asks for others. */
  readonly #begun: string;
  readonly #pristine: string;
  /** By content: what goes out unchanged goes out under the same key, also after a reload. */
  readonly #idempotencyKeys = new Map<string, string>();
  #sent: { state: string; key: string } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isDiscarded = false;

  constructor(store: SupportStore, defaults: TicketDefaults) {
    this.#store = store;
    this.owner = store.session.value?.actor.id;
    this.followUpOf = defaults.followUpOf ?? null;
    this.#key = this.followUpOf ? `follow-up:${this.followUpOf}` : 'new';
    this.#begun = toJson(defaults);
    const fresh: TicketFields = {
      subject: defaults.subject ?? '',
      category: defaults.category ?? 'general',
      priority: defaults.priority ?? 'normal',
      relatedApp: defaults.relatedApp ?? '',
      description: defaults.description ?? '',
    };
    this.#pristine = toJson([fresh, []]);
    const draft = store.readDraft(this.#key);
    this.fields = draft ? merge(fresh, draft.fields, draft.fields['begun'] !== this.#begun) : fresh;
    this.attachments = draft?.attachments ?? [];
    const isAsSent = toJson({ ...this.fields, begun: this.#begun }) === toJson(draft?.fields);
    if (draft?.idempotencyKey && isAsSent) this.#sent = { state: this.#state, key: draft.idempotencyKey };
  }

  /** Whether there is something that would be a pity to lose. */
  get isTouched(): boolean {
    return this.#state !== this.#pristine;
  }

  change(change: Partial<TicketFields>): void {
    this.fields = { ...this.fields, ...change };
    this.#schedule();
  }

  attach(attachments: Attachment[]): void {
    this.attachments = attachments;
    this.#schedule();
  }

  /**
   * The key under which this content goes out, stored before it does: a retry after a reload repeats it.
   *
   * @param content what is sent, as JSON
   */
  idempotencyKey(content: string): string {
    const stored = this.#sent?.state === this.#state ? this.#sent.key : undefined;
    const key = this.#idempotencyKeys.get(content) ?? stored ?? newIdempotencyKey();
    this.#idempotencyKeys.set(content, key);
    this.#sent = { state: this.#state, key };
    this.flush();
    return key;
  }

  /** The server knows the keys under other content: the next attempt is another ticket. */
  forgetKeys(): void {
    this.#idempotencyKeys.clear();
    this.#sent = null;
    this.flush();
  }

  /** Stores it at once. Not for somebody else who signed in meanwhile. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const owner = this.#store.session.value?.actor.id;
    if (this.#isDiscarded || owner === undefined || owner !== this.owner) return;
    this.#store.writeDraft(
      this.#key,
      this.isTouched
        ? {
            fields: { ...this.fields, begun: this.#begun },
            attachments: this.attachments,
            ...(this.#sent?.state === this.#state && { idempotencyKey: this.#sent.key }),
          }
        : null,
    );
  }

  /** For good: it became a ticket. */
  discard(): void {
    clearTimeout(this.#timer);
    this.#isDiscarded = true;
    if (this.#store.session.value?.actor.id === this.owner) this.#store.writeDraft(this.#key, null);
  }

  get #state(): string {
    return toJson([this.fields, this.attachments.map(({ id }) => id)]);
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), QUIET);
  }
}

/** Typed text is never lost; what is only chosen follows the host's newer wish. */
function merge(fresh: TicketFields, kept: Record<string, string>, isOtherWish: boolean): TicketFields {
  const text = kept['description'] ?? '';
  const description =
    isOtherWish && fresh.description && !text.includes(fresh.description)
      ? [text, fresh.description].filter(Boolean).join('\n\n')
      : text;
  const chosen = (name: 'category' | 'priority' | 'relatedApp') =>
    isOtherWish ? fresh[name] : (kept[name] ?? fresh[name]);
  return {
    subject: kept['subject'] || (isOtherWish ? fresh.subject : ''),
    category: chosen('category'),
    priority: chosen('priority'),
    relatedApp: chosen('relatedApp'),
    description,
  };
}
