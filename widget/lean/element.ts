import type { ReactiveController } from 'lit';
import { render } from './html.ts';

/** As Lit knows it, without converters. */
export interface Declaration {
  attribute?: string | false;
  type?: unknown;
  state?: boolean;
  reflect?: boolean;
  useDefault?: boolean;
}

/**
 * The part of Lit's base class that our elements use, in fewer bytes: properties by `static properties`, of strings and
 * booleans as far as they are attributes; updates gathered in a microtask; controllers.
 */
export class LitElement extends HTMLElement {
  static properties: Record<string, Declaration> = {};
  static styles: unknown = [];
  /** The names of the properties by those of their attributes. */
  static byAttribute: Record<string, string>;

  static get observedAttributes(): string[] {
    const { prototype } = this;
    const names: Record<string, string> = {};
    for (const [name, declaration] of Object.entries(this.properties)) {
      if (declaration.state) declaration.attribute = false;
      const { attribute = (declaration.attribute = name.toLowerCase()) } = declaration;
      if (attribute !== false) names[attribute] = name;
      const { get, set } = Object.getOwnPropertyDescriptor(prototype, name) ?? {
        get(this: LitElement) {
          return this.held[name];
        },
        set(this: LitElement, value: unknown) {
          this.held[name] = value;
        },
      };
      Object.defineProperty(prototype, name, {
        get,
        set(this: LitElement, value: unknown) {
          const before: unknown = get!.call(this);
          set!.call(this, value);
          this.requestUpdate(name, before);
        },
        configurable: true,
        enumerable: true,
      });
    }
    return Object.keys((this.byAttribute = names));
  }

  renderRoot!: ShadowRoot;
  /** For the published Lit only. */
  readonly renderOptions: { renderBefore?: Node } = {};
  hasUpdated = false;
  updateComplete: Promise<unknown>;
  readonly held: Record<string, unknown> = {};
  /** What was set before the class was known: it wins over what the constructor sets. */
  readonly #early: Record<string, unknown> = {};
  readonly #defaults: Record<string, unknown> = {};
  readonly #controllers = new Set<ReactiveController>();
  readonly #reflecting = new Set<string>();
  #changed = new Map<string, unknown>();
  #isPending = false;
  /** The property that is being set by its attribute, or the other way round. */
  #same: string | undefined;
  #begin!: () => void;

  constructor() {
    super();
    for (const name of Object.keys(this.#properties)) {
      if (!Object.hasOwn(this, name)) continue;
      this.#early[name] = this.#own[name];
      delete this.#own[name];
    }
    this.updateComplete = new Promise<void>((resolve) => (this.#begin = resolve));
    this.requestUpdate();
  }

  get #properties(): Record<string, Declaration> {
    return (this.constructor as typeof LitElement).properties;
  }

  get #own(): Record<string, unknown> {
    return this as unknown as Record<string, unknown>;
  }

  addController(controller: ReactiveController): void {
    this.#controllers.add(controller);
    if (this.renderRoot && this.isConnected) controller.hostConnected?.();
  }

  createRenderRoot(): ShadowRoot {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [(this.constructor as typeof LitElement).styles].flat(9) as CSSStyleSheet[];
    return root;
  }

  connectedCallback(): void {
    this.renderRoot ??= this.createRenderRoot();
    this.#begin();
    this.#tell('hostConnected');
  }

  disconnectedCallback(): void {
    this.#tell('hostDisconnected');
  }

  attributeChangedCallback(attribute: string, _: unknown, value: string | null): void {
    const name = (this.constructor as typeof LitElement).byAttribute[attribute]!;
    if (this.#same === name) return;
    this.#same = name;
    const isBoolean = this.#properties[name]!.type === Boolean;
    this.#own[name] = isBoolean ? value !== null : (value ?? this.#defaults[name] ?? value);
    this.#same = undefined;
  }

  requestUpdate(name?: string, before?: unknown): void {
    if (name !== undefined) {
      const { reflect, useDefault } = this.#properties[name]!;
      const value = this.#own[name];
      if (Object.is(value, before)) return;
      if (useDefault && !(name in this.#defaults)) {
        this.#defaults[name] = value;
        return;
      }
      if (!this.#changed.has(name)) this.#changed.set(name, before);
      if (reflect && this.#same !== name) this.#reflecting.add(name);
    }
    if (this.#isPending) return;
    this.#isPending = true;
    this.updateComplete = this.#update();
  }

  async #update(): Promise<boolean> {
    await this.updateComplete;
    try {
      this.#perform();
    } catch (error) {
      this.#settle();
      // Not in the way of the next one.
      reportError(error);
    }
    return !this.#isPending;
  }

  #perform(): void {
    if (!this.hasUpdated) Object.assign(this, this.#early);
    const changed = this.#changed;
    if (!this.shouldUpdate(changed)) return this.#settle();
    this.willUpdate(changed);
    this.#tell('hostUpdate');
    this.update(changed);
    this.#tell('hostUpdated');
    if (!this.hasUpdated) {
      this.hasUpdated = true;
      this.firstUpdated(changed);
    }
    this.updated(changed);
  }

  update(_changed: Map<string, unknown>): void {
    const content = this.render();
    for (const name of this.#reflecting) {
      const { attribute } = this.#properties[name]!;
      const value = this.#own[name];
      this.#same = name;
      if (typeof value === 'string') this.setAttribute(attribute as string, value);
      else this.toggleAttribute(attribute as string, !!value);
    }
    this.#same = undefined;
    this.#settle();
    render(content, this.renderRoot, this);
  }

  #settle(): void {
    this.#reflecting.clear();
    this.#changed = new Map();
    this.#isPending = false;
  }

  #tell(what: keyof ReactiveController): void {
    for (const controller of this.#controllers) controller[what]?.();
  }

  shouldUpdate(_changed: Map<string, unknown>): boolean {
    return true;
  }
  willUpdate(_changed: Map<string, unknown>): void {}
  render(): unknown {
    return undefined;
  }
  firstUpdated(_changed: Map<string, unknown>): void {}
  updated(_changed: Map<string, unknown>): void {}
}
