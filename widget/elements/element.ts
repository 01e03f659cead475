import { ContextConsumer } from '@lit/context';
import { LitElement } from 'lit';
import { supportContext, type Context } from '../context.ts';
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

  readonly #context = new ContextConsumer(this, { context: supportContext });
  #unwatch: Array<() => void> = [];

  /** The cells that `render` reads. */
  protected watch(): Watchable[] {
    return [];
  }

  protected t(key: TextKey, values?: Values): string {
    return this.text.t(key, values);
  }

  override connectedCallback(): void {
    // The consumer asks while it connects, and is answered at once.
    super.connectedCallback();
    const { store, text } = this.#given();
    this.store = store;
    this.text = text.value;
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

  #given(): Context {
    const { value } = this.#context;
    if (!value) throw new Error(`<${this.localName}> belongs inside <support-center>.`);
    return value;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const end of this.#unwatch) end();
    this.#unwatch = [];
  }
}
