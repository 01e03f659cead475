import { readFile } from 'node:fs/promises';

/** A public custom property: what the comment above it says, and its default, light and dark where they differ. */
export interface Token {
  name: string;
  default: string;
  description?: string;
}

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
  const defaults = new Map(found.map(([, , own, , value]) => [own!, value!]));
  return found.map(([, description, , name, value]) => {
    const pair = /^light-dark\((#\w+), (#\w+)\)$/.exec(value!);
    // Names of our own mean nothing to a page.
    const whole = value!.replace(/var\((--_[\w-]+)\)/g, (_, own: string) => defaults.get(own) ?? own);
    return { name: name!, default: pair ? `${pair[1]} / ${pair[2]}` : whole, description };
  });
}
