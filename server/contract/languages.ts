/**
 * The languages that element and mails speak. Imports nothing, as the vocabulary: the element takes it
 * into its bundle.
 */

/** English stands in for every other one. */
export const LANGUAGES = ['en', 'de', 'fr', 'es', 'pt-BR', 'ja', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

/**
 * The language of ours that comes nearest to what is asked for: `de-AT` gets `de`, `pt` gets `pt-BR`.
 *
 * @param tag of BCP 47; underscores, as systems write them, are taken too
 * @returns null when we speak nothing of the kind
 */
export function matchLanguage(tag: string): Language | null {
  const [primary] = tag.toLowerCase().split(/[-_]/);
  return LANGUAGES.find((one) => one.slice(0, 2) === primary) ?? null;
}

/** Which way it is written. */
export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr';
}
