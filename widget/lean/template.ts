/** Where a value goes: into the content of `node`, or with a name into an attribute, property or listener of it. */
export interface Hole {
  /** By its place among the elements and comments. */
  node: number;
  /** Of the first value. */
  at: number;
  name?: string;
  /** Before, between and after the values of an attribute. */
  pieces: string[];
}

interface Template {
  content: DocumentFragment;
  holes: Hole[];
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createHTML: (text: string) => string }): typeof rules;
}

const MARK = 'lit$';
/** The last attribute of what is before a value: its name, and what its quotes hold so far. */
const ATTRIBUTE = /\s([^\s=]+)=(?:"([^"]*))?$/;

const templates = new WeakMap<TemplateStringsArray, Template>();
// By the name that pages with Trusted Types allow.
const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
const policy = trustedTypes?.createPolicy('lit-html', { createHTML: (text) => text });

/**
 * Reads a template once. It knows what ours are like (a test reads all of them): attributes with values in them are in
 * double quotes or are the value alone, no attribute holds a `<` or `>`, no comments.
 */
export function prepare(strings: TemplateStringsArray, isSvg: boolean): Template {
  let template = templates.get(strings);
  if (!template) {
    const element = document.createElement('template');
    const { content } = element;
    const attributes: Array<{ name: string; pieces: string[] }> = [];
    const holes: Hole[] = [];
    let source = '';
    /** Of the attribute whose quotes are still open. */
    let open: string[] | null = null;
    strings.forEach((string, at) => {
      let text = string;
      if (open) {
        const end = text.indexOf('"');
        open.push(end < 0 ? text : text.slice(0, end));
        if (end < 0) return;
        text = text.slice(end + 1);
        open = null;
      }
      source += text;
      if (at + 1 === strings.length) return;
      const found = source.lastIndexOf('<') > source.lastIndexOf('>') && ATTRIBUTE.exec(source);
      if (found) {
        const [whole, name, start] = found;
        const pieces = start === undefined ? ['', ''] : (open = [start]);
        attributes[at] = { name: name!, pieces };
        source = `${source.slice(0, -whole.length)} ${MARK}${at}`;
      } else {
        source += `<?${at}>`;
      }
    });
    // So that also what a value at the very end gives is followed by something.
    if (!strings.at(-1)) source += '<?>';
    if (isSvg) source = `<svg>${source}</svg>`;
    element.innerHTML = policy?.createHTML(source) ?? source;
    if (isSvg) content.firstChild!.replaceWith(...content.firstChild!.childNodes);
    nodesOf(content).forEach((node, index) => {
      if (node instanceof Comment) {
        if (node.data[1]) holes.push({ node: index, at: +node.data.slice(1), pieces: [] });
      } else {
        for (const mark of node.getAttributeNames()) {
          if (!mark.startsWith(MARK)) continue;
          const at = +mark.slice(MARK.length);
          holes.push({ node: index, at, ...attributes[at]! });
          node.removeAttribute(mark);
        }
      }
    });
    templates.set(strings, (template = { content, holes }));
  }
  return template;
}

/** The elements and comments, in their order. */
export function nodesOf(fragment: Node): Array<Element | Comment> {
  const walker = document.createTreeWalker(fragment, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_COMMENT);
  const nodes: Array<Element | Comment> = [];
  while (walker.nextNode()) nodes.push(walker.currentNode as Element | Comment);
  return nodes;
}
