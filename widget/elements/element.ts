import { ContextEvent } from '@lit/context';
import { LitElement } from 'lit';
import { supportContext, type Context } from '../context.ts';
import type { SupportStore } from '../state.ts';
import { base } from '../styles/base.styles.ts';
import { exported } from '../styles/parts.ts';
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
    super.connectedCallback();
    const { store, text } = this.#ask();
    this.store = store;
    this.text = text.value;
    this.setAttribute('exportparts', exported.parts);
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

  /** It is answered at once, and once: a consumer that listens on would be code for nothing. */
  #ask(): Context {
    let given: Context | undefined;
    this.dispatchEvent(new ContextEvent(supportContext, this, (context) => (given = context)));
    if (!given) throw new Error(`<${this.localName}> belongs inside <support-center>.`);
    return given;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const end of this.#unwatch) end();
    this.#unwatch = [];
  }
}
