import { LitElement } from 'lit';
import { contextOf } from '../context.ts';
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

  store!: SupportStore;
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
    const { store, text } = contextOf(this);
    this.store = store;
    this.text = text.value;
    super.connectedCallback();
    this.setAttribute('exportparts', EXPORT_PARTS);
    const render = (): void => this.requestUpdate();
    this.#unwatch = this.watch().map((cell) => cell.watch(render));
    const translate = (now: Text): void => {
      this.text = now;
      render();
    };
    this.#unwatch.push(text.watch(translate));
    // It may have been elsewhere while something changed.
    render();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const end of this.#unwatch) end();
    this.#unwatch = [];
  }
}
