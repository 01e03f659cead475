import { en } from './en.ts';
import { Text, type Catalog } from './text.ts';

let agentCatalog: Catalog | null = null;

/** What a client reads, at once. */
export function clientText(locale: string, overrides: Catalog): Text {
  return new Text(supported(locale), 'ltr', en, agentCatalog ?? {}, overrides);
}

/** What agents and admins read besides: resolves when `clientText` has it. */
export async function loadAgentText(): Promise<void> {
  agentCatalog ??= (await import('./en-agent.ts')).enAgent;
}

export function hasAgentText(): boolean {
  return agentCatalog !== null;
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
