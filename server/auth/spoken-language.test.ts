import { describe, expect, it } from 'vitest';
import { isLanguageTag, spokenLanguage } from './spoken-language.ts';

describe('the language that a request wants', () => {
  it.each<[string | undefined, string | undefined]>([
    ['de', 'de'],
    ['de-AT,de;q=0.9,en;q=0.8', 'de-AT'],
    ['nl,fr;q=0.5,en;q=0.4', 'fr'],
    ['en;q=0.5, ja;q=0.9', 'ja'],
    ['en;q=0, ar', 'ar'],
    ['pt_PT', 'pt_PT'],
    ['*', undefined],
    ['nl', undefined],
    ['de;q=x', undefined],
    ['', undefined],
    [undefined, undefined],
    ['de<script>', undefined],
    ['de,'.repeat(1000), undefined],
  ])('%s: %s', (header, language) => expect(spokenLanguage(header)).toBe(language));
});

it('knows what could be a language from what could not', () => {
  expect(['de', 'pt-BR', 'zh_Hant_TW', 'es-419'].every(isLanguageTag)).toBe(true);
  const wrong = ['', 'd', '-de', 'de-', 'de AT', 'de\r\nBcc: x', 'a'.repeat(9), `de${'-x'.repeat(20)}`];
  expect(wrong.filter(isLanguageTag)).toEqual([]);
});
