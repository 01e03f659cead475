import { readFile } from 'node:fs/promises';

/** A public custom property: what the comment above it says, and its default, light and dark where they differ. */
export interface Token {
  name: string;
  default: string;
  /** The default as a style sheet may use it, with the defaults of what it is made of. */
  css: string;
  description?: string;
}

/** What is told of first: what belongs together. */
const ORDER =
  'text muted ground surface hover line control border accent danger note open progress waiting resolved closed ' +
  'font space radius focus row shadow motion';

/** All that are resolved on the host of an element. */
export async function readTokens(): Promise<Token[]> {
  const sheets = ['tokens', 'late-tokens'].map((name) =>
    readFile(new URL(`styles/${name}.styles.ts`, import.meta.url), 'utf8'),
  );
  return tokensOf((await Promise.all(sheets)).join(''));
}

/**
 * The public custom properties out of the style sheet that gives them their defaults:
 * `--_text: var(--support-color-text, light-dark(#1a1d21, #e6e8eb));`.
 */
function tokensOf(styleSheet: string): Token[] {
  const pattern = /(?:\/\* (.+) \*\/\s+)?(--_[\w-]+): var\((--support-[a-z-]+),\s*(.+)\);\n/g;
  const found = [...styleSheet.matchAll(pattern)];
  const own = new Map(found.map(([, , short, name, value]) => [short!, { name: name!, value: value! }]));
  const resolve = (value: string, as: (name: string, value: string) => string): string =>
    value.replace(/var\((--_[\w-]+)\)/g, (whole, short: string) => {
      const token = own.get(short);
      return token ? as(token.name, token.value) : whole;
    });
  const tokens = found.map(([, description, , name, value]): Token => {
    const pair = /^light-dark\((#\w+), (#\w+)\)$/.exec(value!);
    return {
      name: name!,
      default: pair ? `${pair[1]} / ${pair[2]}` : resolve(value!, (other) => `var(${other})`),
      css: resolve(value!, (other, fallback) => `var(${other}, ${fallback})`),
      description,
    };
  });
  const order = ORDER.split(' ');
  const rank = ({ name }: Token): number =>
    order.indexOf(/^--support-(?:color-)?(?:on-)?([a-z]+)/.exec(name)![1]!);
  return tokens.toSorted((a, b) => rank(a) - rank(b));
}
