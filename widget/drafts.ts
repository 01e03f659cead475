import { draftPrefix } from './clear-drafts.ts';
import { toJson } from './plain-json.ts';
import type { Draft } from './state.ts';

/** What was typed and not sent, by user; in the tab's session storage, or in memory where that is denied. */
export class Drafts {
  readonly #memory = new Map<string, string>();
  readonly #user: () => string | null;

  /** @param user id of who types; null: nobody, and nothing is kept */
  constructor(user: () => string | null) {
    this.#user = user;
  }

  read(key: string): Draft | null {
    const name = this.#name(key);
    if (name === null) return null;
    const text = this.#memory.get(name) ?? this.#storage((storage) => storage.getItem(name));
    if (!text) return null;
    try {
      const draft = JSON.parse(text) as Partial<Draft>;
      if (!draft.fields || typeof draft.fields !== 'object' || !Array.isArray(draft.attachments)) return null;
      return draft as Draft;
    } catch {
      return null;
    }
  }

  /** @param draft null drops it */
  write(key: string, draft: Draft | null): void {
    const name = this.#name(key);
    if (name === null) return;
    this.#memory.delete(name);
    if (draft === null) {
      this.#storage((storage) => storage.removeItem(name));
      return;
    }
    const text = toJson(draft);
    const stored = this.#storage((storage) => {
      storage.setItem(name, text);
      return true;
    });
    if (stored) return;
    // Full or forbidden. An older text must not come back in its place.
    this.#storage((storage) => storage.removeItem(name));
    this.#memory.set(name, text);
  }

  #name(key: string): string | null {
    const user = this.#user();
    return user === null ? null : draftPrefix(user) + key;
  }

  /** A page may be denied storage altogether: even naming it throws then. */
  #storage<T>(use: (storage: Storage) => T): T | null {
    try {
      return use(sessionStorage);
    } catch {
      return null;
    }
  }
}
