import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { TicketPatch } from '../../../server/contract/tickets.ts';
import type { Conflict, SupportStore } from '../../state.ts';
import type { ControlField } from './control-fields.ts';

/** Milliseconds that a control shows that it was saved. */
const SAVED_FOR = 2500;

/**
 * The changes that an agent makes to one ticket, one after the other: each is made on top of the version that
 * the one before it brought.
 */
export class TicketChanges implements ReactiveController {
  /** Chosen and on its way to the server. */
  pending: Partial<Record<ControlField, string>> = {};
  /** The control whose value was saved a moment ago. */
  saved: ControlField | null = null;
  conflict: (Conflict & { field: ControlField; value: string }) | null = null;
  failure: { error: Error; field: ControlField; value: string } | null = null;
  readonly #host: ReactiveControllerHost;
  readonly #store: () => SupportStore;
  readonly #onSaved: () => void;
  #number = '';
  #queue: Promise<unknown> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param onSaved is called after each change that reached the server */
  constructor(host: ReactiveControllerHost, store: () => SupportStore, onSaved: () => void) {
    this.#host = host;
    this.#store = store;
    this.#onSaved = onSaved;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.saved = null;
  }

  /** Forgets what was about another ticket. */
  turnTo(number: string): void {
    if (number === this.#number) return;
    this.#number = number;
    this.pending = {};
    this.saved = this.conflict = this.failure = null;
    this.#queue = Promise.resolve();
  }

  change(field: ControlField, value: string): void {
    this.conflict = this.failure = null;
    this.saved = null;
    this.pending = { ...this.pending, [field]: value };
    this.#host.requestUpdate();
    const number = this.#number;
    this.#queue = this.#queue.then(() => this.#save(number, field, value));
  }

  /** Drops the person's own change: what is there now stays. */
  keepTheirs(): void {
    this.conflict = null;
    this.#host.requestUpdate();
  }

  /** Makes the person's own change on top of what is there now. */
  applyMine(): void {
    if (this.conflict) this.change(this.conflict.field, this.conflict.value);
  }

  retry(): void {
    if (this.failure) this.change(this.failure.field, this.failure.value);
  }

  async #save(number: string, field: ControlField, value: string): Promise<void> {
    // A later choice in the same control has taken its place.
    if (number !== this.#number || this.pending[field] !== value) return;
    let outcome: Conflict | Error | null;
    try {
      outcome = await this.#store().changeTicket(number, patchOf(field, value));
    } catch (error) {
      outcome = error as Error;
    }
    if (number !== this.#number) return;
    if (this.pending[field] === value) {
      this.pending = { ...this.pending };
      delete this.pending[field];
      this.#settle(outcome, field, value);
    }
    this.#host.requestUpdate();
  }

  #settle(outcome: Conflict | Error | null, field: ControlField, value: string): void {
    if (outcome instanceof Error) {
      this.failure = { error: outcome, field, value };
    } else if (outcome) {
      this.conflict = { ...outcome, field, value };
    } else {
      this.saved = field;
      this.#onSaved();
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        this.saved = null;
        this.#host.requestUpdate();
      }, SAVED_FOR);
    }
  }
}

function patchOf(field: ControlField, value: string): TicketPatch {
  return field === 'assignee' ? { assigneeId: value || null } : { [field]: value };
}
