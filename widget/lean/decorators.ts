import type { Declaration, LitElement } from './element.ts';

type Decorator = (prototype: object, name: string) => void;

/** As `lit/decorators.js`; only where no build has put `static properties` in its place. */
export function property(declaration: Declaration = {}): Decorator {
  return (prototype, name) => {
    const type = prototype.constructor as typeof LitElement;
    if (!Object.hasOwn(type, 'properties')) type.properties = { ...type.properties };
    type.properties[name] = declaration;
  };
}

export function state(): Decorator {
  return property({ state: true });
}

export function query(selector: string): Decorator {
  return (prototype, name) => {
    Object.defineProperty(prototype, name, {
      get(this: LitElement): Element | null {
        return this.renderRoot?.querySelector(selector) ?? null;
      },
      configurable: true,
    });
  };
}
