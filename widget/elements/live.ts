import { noChange } from 'lit';
import { Directive, directive, type DirectiveParameters, type PropertyPart } from 'lit/directive.js';

/** Sets what the person changes as well whenever it is another than what is there, not only when it is newly given. */
class Live extends Directive {
  override render(value: unknown): unknown {
    return value;
  }

  override update({ element, name }: PropertyPart, [value]: DirectiveParameters<this>): unknown {
    const field = element as unknown as Record<string, unknown>;
    if (field[name] !== value) field[name] = value;
    return noChange;
  }
}

/** As Lit's own, for properties alone and without what tells the kinds of parts apart. */
export const live = directive(Live);
