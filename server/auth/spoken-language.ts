import { matchLanguage } from '../contract/languages.ts';

/** Of BCP 47, at the length that its standard asks every system to hold. */
const TAG = /^[a-z]{2,8}(?:[-_][a-z0-9]{1,8})*$/i;
const TAG_MAX_LENGTH = 35;

/** Whether it may stand for somebody's language, in the shape of `de`, `pt-BR` or `zh_Hant_TW`. */
export function isLanguageTag(tag: string): boolean {
  return tag.length <= TAG_MAX_LENGTH && TAG.test(tag);
}

/**
 * The language that a request wants its answer in: the most wanted one that we speak.
 *
 * @param header `Accept-Language`; the element names its own there, any other client what its user has set
 */
export function spokenLanguage(header: string | undefined): string | undefined {
  if (!header || header.length > 500) return undefined;
  const wanted = header.split(',').map((part) => {
    const [tag = '', ...parameters] = part.split(';').map((piece) => piece.trim());
    const quality = parameters.find((piece) => piece.startsWith('q='))?.slice(2);
    return { tag, quality: quality === undefined ? 1 : Number(quality) };
  });
  return wanted
    .filter(({ tag, quality }) => quality > 0 && isLanguageTag(tag) && matchLanguage(tag))
    .toSorted((a, b) => b.quality - a.quality)[0]?.tag;
}
