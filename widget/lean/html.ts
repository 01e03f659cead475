import { nodesOf, prepare, type Hole } from './template.ts';

/** What a template gives: the same `strings` are the same template. */
class Result {
  readonly strings: TemplateStringsArray;
  readonly values: readonly unknown[];
  readonly isSvg: boolean;

  constructor(strings: TemplateStringsArray, values: readonly unknown[], isSvg: boolean) {
    this.strings = strings;
    this.values = values;
    this.isSvg = isSvg;
  }
}

type Update = (value: unknown) => void;
type UpdateAll = (values: readonly unknown[]) => void;

export const html = (strings: TemplateStringsArray, ...values: unknown[]): Result =>
  new Result(strings, values, false);
export const svg = (strings: TemplateStringsArray, ...values: unknown[]): Result =>
  new Result(strings, values, true);
/** No attribute, no content. */
export const nothing = Symbol();
/** As it was. */
export const noChange = Symbol();

/** What the person changes as well: compared with what is there, not with what was set last. */
const LIVE = /value|checked|selected/;

/** The roots that something was rendered into. */
const roots = new WeakMap<Node, Update>();

/** Appends to `container`; what was rendered there before is changed to it. */
export function render(value: unknown, container: Node, host?: object): void {
  let update = roots.get(container);
  if (!update) {
    const start = container.appendChild(new Comment());
    roots.set(container, (update = content(start, null, host)));
  }
  update(value);
}

/** What stands after `start`, up to `end`. */
function content(start: ChildNode, end: Node | null, host: unknown): Update {
  /** Template, list of items, node or text: what is there. */
  let old: unknown = '';
  let renew: UpdateAll;
  let items: Array<{ start: ChildNode; update: Update }>;
  const clear = (from: Node | null): void => {
    for (let node = from, next; node && node !== end; node = next) {
      next = node.nextSibling;
      (node as ChildNode).remove();
    }
  };
  const replace = (node: Node | string): void => {
    clear(start.nextSibling);
    if (node) start.after(node);
  };
  const mark = (): ChildNode => start.parentNode!.insertBefore(new Comment(), end);
  return (given) => {
    if (given === noChange) return;
    const value = given === nothing ? '' : (given ?? '');
    if (value instanceof Result) {
      const template = prepare(value.strings, value.isSvg);
      if (old === template) return renew(value.values);
      const fragment = document.importNode(template.content, true);
      const nodes = nodesOf(fragment);
      const updates = template.holes.map((hole) => fill(nodes[hole.node]!, hole, host));
      (renew = (values) => updates.forEach((update) => update(values)))(value.values);
      replace(fragment);
      old = template;
    } else if (Array.isArray(value)) {
      if (!Array.isArray(old)) {
        replace('');
        items = [];
      }
      value.forEach((item, at) => {
        if (!items[at]) {
          const first = mark();
          items[at] = { start: first, update: content(first, mark(), host) };
        }
        items[at].update(item);
      });
      if (items[value.length]) clear(items[value.length]!.start);
      items.length = value.length;
      old = value;
    } else if (value !== old) {
      const isText = !(value as Node).nodeType;
      if (isText && old !== '' && Object(old) !== old)
        (start.nextSibling as Text).data = `${value as string}`;
      else replace(isText ? `${value as string}` : (value as Node));
      old = value;
    }
  };
}

function fill(node: Node, { at, name, pieces }: Hole, host: unknown): UpdateAll {
  if (!name) {
    const update = content(node as ChildNode, node.nextSibling, host);
    return (values) => update(values[at]);
  }
  const element = node as Element & Record<string, unknown>;
  const bare = name.slice(1);
  let old: unknown = nothing;
  if (name.startsWith('@')) {
    element.addEventListener(bare, (event) => {
      if (typeof old === 'function') old.call(host ?? element, event);
    });
  }
  return (values) => {
    let value = values[at];
    // More than the value alone.
    if (pieces.length > 2 || pieces.join('')) {
      const given = values.slice(at, at + pieces.length - 1);
      value = given.includes(nothing)
        ? nothing
        : String.raw({ raw: pieces }, ...given.map((one) => one ?? ''));
    }
    if (name.startsWith('.') && LIVE.test(bare)) old = element[bare];
    if (value === noChange || value === old) return;
    old = value;
    const isNothing = value === nothing;
    if (name.startsWith('.')) element[bare] = isNothing ? undefined : value;
    else if (name.startsWith('?')) element.toggleAttribute(bare, !!value && !isNothing);
    else if (isNothing) element.removeAttribute(name);
    else if (!name.startsWith('@')) element.setAttribute(name, (value as string) ?? '');
  };
}
