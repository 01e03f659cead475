import { consume } from '@lit/context';
import { LitElement } from 'lit';
import { property, state } from 'lit/decorators.js';
import { storeContext, textContext } from '../context.ts';
import type { SupportStore } from '../state.ts';
import { base } from '../styles/base.styles.ts';
import { EXPORT_PARTS } from '../styles/parts.ts';
import type { TextKey, Text, Values } from '../text/text.ts';

/** A cell of any type. */
export interface Watchable {
  watch(watcher: () => void): () => void;
}

/**
 * The base of every element inside `<support-center>`: store and text by context, the base styles, parts passed
 * on. `watch()` names the cells whose changes render it again.
 */
export abstract class SupportElement extends LitElement {
  static override styles = base;

  @consume({ context: storeContext })
  @property({ attribute: false })
  store!: SupportStore;

  @consume({ context: textContext, subscribe: true })
  @state()
  protected text!: Text;

  #unwatch: Array<() => void> = [];

  /** The cells that `render` reads. */
  protected watch(): Watchable[] {
    return [];
  }

  protected t(key: TextKey, values?: Values): string {
    return this.text.t(key, values);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('exportparts', EXPORT_PARTS);
    this.#unwatch = this.watch().map((cell) => cell.watch(() => this.requestUpdate()));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const end of this.#unwatch) end();
    this.#unwatch = [];
  }
}
