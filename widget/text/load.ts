import { directionOf, matchLanguage, type Language } from '../../server/contract/languages.ts';
import { en } from './en.ts';
import { Text, type Catalog } from './text.ts';

/** Texts that come apart: everybody's, those beside the list, of form and ticket, of link and launcher, and what only agents read. */
export type TextPart = 'base' | 'late' | 'views' | 'link' | 'agent';
/** Loads the parts of one language. */
export type Parts = Record<TextPart, () => Promise<Catalog>>;

const ENGLISH: Parts = {
  base: async () => en,
  late: async () => (await import('./en-late.ts')).enLate,
  views: async () => (await import('./en-views.ts')).enViews,
  link: async () => (await import('./en-link.ts')).enLink,
  agent: async () => (await import('./en-agent.ts')).enAgent,
};

const loaded: Partial<Record<Language, Partial<Record<TextPart, Catalog>>>> = { en: { base: en } };

/** With every part that has been loaded so far; English stands in for what has not. */
export function currentText(locale: string, overrides: Catalog): Text {
  const language = languageOf(locale);
  const catalogs = [loaded.en, loaded[language]].flatMap((parts) => Object.values(parts ?? {}));
  return new Text(formatsOf(locale, language), directionOf(language), ...catalogs, overrides);
}

export async function loadText(language: Language, part: TextPart): Promise<void> {
  if (hasText(language, part)) return;
  const parts = language === 'en' ? ENGLISH : (await import('./translations.ts')).TRANSLATIONS[language];
  const catalog = await parts[part]();
  (loaded[language] ??= {})[part] = catalog;
}

export function hasText(language: Language, part: TextPart): boolean {
  return loaded[language]?.[part] !== undefined;
}

/** What is spoken to who wants `locale`. */
export function languageOf(locale: string): Language {
  return matchLanguage(locale) ?? 'en';
}

/** Dates and numbers speak the language of the words around them, as it is spoken in the region that was named. */
function formatsOf(locale: string, language: Language): string {
  try {
    return matchLanguage(locale) ? new Intl.Locale(locale.replaceAll('_', '-')).toString() : language;
  } catch {
    return language;
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
