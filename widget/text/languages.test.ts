import { assert } from '@open-wc/testing';
import { LANGUAGES, type Language } from '../../server/contract/languages.ts';
import { enAgent } from './en-agent.ts';
import { enLate } from './en-late.ts';
import { enLink } from './en-link.ts';
import { enViews } from './en-views.ts';
import { en } from './en.ts';
import { currentText, type TextPart } from './load.ts';
import { Text, type Catalog, type Phrase, type TextKey } from './text.ts';
import { TRANSLATIONS } from './translations.ts';

const ENGLISH: Record<TextPart, Catalog> = {
  base: en,
  late: enLate,
  link: enLink,
  views: enViews,
  agent: enAgent,
};
const PARTS = Object.keys(ENGLISH) as TextPart[];
/** Words that are the same in several of our languages, or that everybody writes in English. */
const ALIKE =
  /^(\{\w+\}|Ticket|Tickets|Status|Normal|General|Conversation|Details|Filter|Support|Admin|Agent|Urgente|Code|Image|Action|Description|Client|Technique|Spam|Screenshot \{time\}\.png|[^\p{L}])+$/u;

const forms = (phrase: Phrase): string[] => (typeof phrase === 'string' ? [phrase] : Object.values(phrase));
const placesOf = (form: string): string[] =>
  [...form.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!).sort();

async function read(language: Exclude<Language, 'en'>, part: TextPart): Promise<Catalog> {
  return await TRANSLATIONS[language][part]();
}

for (const language of LANGUAGES) {
  if (language === 'en') continue;
  describe(`The words in ${language}`, () => {
    for (const part of PARTS) {
      it(`${part}: are those of the English catalog, none lacks, none is too many`, async () => {
        const catalog = await read(language, part);
        assert.sameMembers(Object.keys(catalog), Object.keys(ENGLISH[part]));
        const empty = Object.entries(catalog).filter(([, phrase]) =>
          forms(phrase).some((form) => !form.trim()),
        );
        assert.deepEqual(empty, []);
      });

      it(`${part}: fill the same places; a plural may say its number in words`, async () => {
        for (const [key, phrase] of Object.entries(await read(language, part))) {
          const wanted = placesOf(forms(ENGLISH[part][key as TextKey]!).at(-1)!);
          for (const form of forms(phrase)) {
            const spoken = typeof phrase === 'string' ? wanted : wanted.filter((name) => name !== 'count');
            const found = placesOf(form).filter((name) => spoken.includes(name) || !wanted.includes(name));
            assert.deepEqual(found, spoken, `${language} ${key}: ${form}`);
          }
        }
      });

      it(`${part}: have every plural category of the language`, async () => {
        const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
        for (const [key, phrase] of Object.entries(await read(language, part))) {
          const english = ENGLISH[part][key as TextKey]!;
          if (typeof english !== 'string') assert.isObject(phrase, `${language} ${key} counts`);
          if (typeof phrase === 'string') continue;
          assert.sameMembers(Object.keys(phrase), categories, `${language} ${key}`);
        }
      });

      it(`${part}: are translated`, async () => {
        const catalog = await read(language, part);
        const same = Object.entries(catalog).filter(
          ([key, phrase]) =>
            JSON.stringify(phrase) === JSON.stringify(ENGLISH[part][key as TextKey]) &&
            !ALIKE.test(forms(phrase)[0]!),
        );
        assert.deepEqual(same, []);
      });
    }
  });
}

describe('The words of all languages', () => {
  it('are each in one part only', () => {
    const keys = PARTS.flatMap((part) => Object.keys(ENGLISH[part]));
    assert.equal(new Set(keys).size, keys.length);
  });
});

describe('Text', () => {
  const sentences: Catalog = {
    'list.results': { one: '{count} ticket', other: '{count} tickets' },
    'card.requester': 'From {name}',
  };

  it('counts as its language does', async () => {
    const arabic = new Text('ar', 'rtl', await read('ar', 'late'));
    const spoken = [1, 2, 3, 11, 100].map((count) => arabic.t('list.results', { count }));
    assert.equal(new Set(spoken.map((phrase) => phrase.replace(/[\p{N}\s]+/gu, ''))).size, 4);
    assert.equal(spoken[1], 'تذكرتان');
    const english = new Text('en', 'ltr', sentences);
    assert.equal(english.t('list.results', { count: 1 }), '1 ticket');
    assert.equal(english.t('list.results', { count: 1200 }), '1,200 tickets');
    assert.equal(new Text('de', 'ltr', sentences).t('list.results', { count: 1200 }), '1.200 tickets');
  });

  it('keeps what is written the other way from reordering the words around it', () => {
    const ltr = new Text('en', 'ltr', sentences);
    assert.equal(ltr.t('card.requester', { name: 'Clara' }), 'From Clara');
    assert.equal(ltr.t('card.requester', { name: 'سارة' }), 'From \u2068سارة\u2069');
    const rtl = new Text('ar', 'rtl', sentences);
    assert.equal(rtl.t('card.requester', { name: 'Clara' }), 'From \u2068Clara\u2069');
    assert.equal(rtl.t('card.requester', { name: 'سارة' }), 'From سارة');
  });

  it('lets nothing that is filled in turn the words around it', () => {
    const text = new Text('en', 'ltr', sentences);
    assert.equal(text.t('card.requester', { name: '\u202eara\u2066l\u2069\u202cC' }), 'From aralC');
  });

  it('says dates and numbers as the region does whose words it speaks, and English where it has no words', () => {
    const iso = '2026-03-04T12:00:00.000Z';
    assert.equal(currentText('de-AT', {}).locale, 'de-AT');
    assert.include(currentText('de-AT', {}).number(1200), '\u00a0');
    assert.equal(currentText('de_CH', {}).locale, 'de-CH');
    assert.equal(currentText('pt', {}).locale, 'pt');
    assert.equal(currentText('nl', {}).locale, 'en');
    assert.equal(currentText('nonsense!', {}).locale, 'en');
    assert.equal(currentText('de-', {}).locale, 'de');
    assert.equal(currentText('en-GB', {}).date(iso), '4 Mar 2026');
    assert.equal(currentText('en-US', {}).date(iso), 'Mar 4, 2026');
    assert.equal(currentText('ja', {}).date(iso), '2026/03/04');
    assert.equal(currentText('ar-u-nu-latn', {}).number(7), '7');
    assert.equal(currentText('ar', {}).direction, 'rtl');
    assert.equal(currentText('fr', {}).direction, 'ltr');
  });
});
