import { en } from './en.ts';
import { Text, type Catalog } from './text.ts';

/** Texts that are loaded when first wanted: of form and ticket, of link and launcher, and what only agents read. */
export type TextPart = 'views' | 'link' | 'agent';

const PARTS: Record<TextPart, () => Promise<Catalog>> = {
  views: async () => (await import('./en-views.ts')).enViews,
  link: async () => (await import('./en-link.ts')).enLink,
  agent: async () => (await import('./en-agent.ts')).enAgent,
};

const loaded = new Map<TextPart, Catalog>();

/** With every part that has been loaded so far. */
export function currentText(locale: string, overrides: Catalog): Text {
  return new Text(supported(locale), 'ltr', en, ...loaded.values(), overrides);
}

export async function loadText(part: TextPart): Promise<void> {
  if (!loaded.has(part)) loaded.set(part, await PARTS[part]());
}

export function hasText(part: TextPart): boolean {
  return loaded.has(part);
}

/** Dates and numbers speak the language of the words around them. */
function supported(locale: string): string {
  try {
    return new Intl.Locale(locale).language === 'en' ? locale : 'en';
  } catch {
    return 'en';
  }
}

/** The `lang` in force where the element stands, across the shadow roots around it. */
export function nearestLanguage(element: Element): string {
  let node: Element | null = element;
  while (node) {
    const found: Element | null = node.closest('[lang]');
    if (found) return found.getAttribute('lang') || 'en';
    const root: Node = node.getRootNode();
    node = root instanceof ShadowRoot ? root.host : null;
  }
  return 'en';
}
