import { describe, expect, it } from 'vitest';
import { LANGUAGES, matchLanguage, type Language } from '../../contract/languages.ts';
import { NOTIFICATION_KINDS, type NotificationKind } from '../../contract/vocabulary.ts';
import { MAIL_CATALOGS, MailText, mailTextFor, type MailKey, type MailPhrase } from './mail-text.ts';
import { renderTicketMail, type TicketMailParams } from './ticket-mail.ts';

const ENGLISH = MAIL_CATALOGS.en as Record<MailKey, MailPhrase>;
const KEYS = Object.keys(ENGLISH) as MailKey[];
const OTHERS = LANGUAGES.filter((language) => language !== 'en');

const forms = (phrase: MailPhrase): string[] =>
  typeof phrase === 'string' ? [phrase] : Object.values(phrase);
const places = (form: string): string[] => [...form.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!).sort();

describe.each(LANGUAGES)('the words of mails in %s', (language) => {
  const catalog = MAIL_CATALOGS[language];

  it('are all there, and none besides', () => {
    expect(Object.keys(catalog).sort()).toEqual([...KEYS].sort());
    expect(KEYS.filter((key) => forms(catalog[key]).some((form) => form.trim() === ''))).toEqual([]);
  });

  it('have the places of the English ones; a plural may say its number in words', () => {
    for (const key of KEYS) {
      const wanted = places(forms(ENGLISH[key])[0]!);
      const spoken = wanted.filter((name) => name !== 'count');
      for (const form of forms(catalog[key])) {
        const found = places(form);
        expect([wanted, spoken], `${language} ${key}: ${form}`).toContainEqual(found);
      }
    }
  });

  it('have a form for every plural category, where English has two', () => {
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const key of KEYS) {
      const phrase = catalog[key];
      expect(typeof phrase === 'string', `${language} ${key}`).toBe(typeof ENGLISH[key] === 'string');
      if (typeof phrase !== 'string')
        expect(Object.keys(phrase).sort(), `${language} ${key}`).toEqual([...categories].sort());
    }
  });
});

describe('the language of a mail', () => {
  it.each<[string, Language | null]>([
    ['de', 'de'],
    ['de-AT', 'de'],
    ['de_CH', 'de'],
    ['pt', 'pt-BR'],
    ['PT-pt', 'pt-BR'],
    ['ar-EG', 'ar'],
    ['ja-JP-u-ca-japanese', 'ja'],
    ['nl', null],
    ['', null],
    ['den', null],
    ['__proto__', null],
  ])('for %s is %s', (tag, language) => expect(matchLanguage(tag)).toBe(language));

  it('is English for who asks for none of ours, or for nothing', () => {
    expect(mailTextFor('nl').language).toBe('en');
    expect(mailTextFor(null).language).toBe('en');
    expect(mailTextFor(undefined).language).toBe('en');
  });
});

const PARAMS: TicketMailParams = {
  kind: 'confirmation',
  ticket: {
    number: 'SUP-1042',
    subject: 'XXXX',
    status: 'resolved',
    priority: 'high',
    category: 'technical',
    relatedApp: 'XXXX',
  },
  requester: { name: 'XXXX', email: 'x@x.example' },
  actor: { name: 'YYYY' },
  message: { body: 'XXXX', attachmentNames: ['XXXX'] },
  url: 'https://host.example/support#SUP-1042',
  reopenWindowDays: 7,
  closedAfterDays: 3,
  reminderDaysBefore: 2,
};

describe.each(OTHERS)('a mail in %s', (locale) => {
  it.each<NotificationKind>([...NOTIFICATION_KINDS])('of the kind %s leaves nothing in English', (kind) => {
    const { html, text } = renderTicketMail({ ...PARAMS, kind, locale });
    const english = renderTicketMail({ ...PARAMS, kind }).text.split('\n');
    expect(html).toContain(`<html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}">`);
    expect(text).not.toMatch(/\{\w+\}/);
    const words = english.filter((line) => /[a-z]{3}/.test(line.replace(/https?:\S+|\S+@\S+|SUP-\d+/g, '')));
    const kept = text.split('\n').filter((line) => words.includes(line));
    expect(kept).toEqual([]);
  });

  it('gives the link as it is, whichever way the language is written', () => {
    const { text } = renderTicketMail({ ...PARAMS, locale });
    expect(text).toMatch(/https:\/\/host\.example\/support#SUP-1042$/m);
  });
});

it('counts days as the language does', () => {
  const days = (locale: string, count: number) => mailTextFor(locale).t('after.resolved.closes', { count });
  expect(days('de', 1)).toContain('1 Tag ');
  expect(days('de', 3)).toContain('3 Tagen');
  expect(days('ar', 2)).toContain('يومين');
  expect(days('ja', 3)).toContain('3日');
});

it('keeps a name that is written the other way from reordering the sentence', () => {
  const arabic = new MailText('ar').t('assigned.by', { actor: 'Agnes Agent' });
  expect(arabic).toContain('\u2068Agnes Agent\u2069');
  expect(new MailText('ar').t('assigned.by', { actor: 'سارة' })).not.toContain('\u2068');
  expect(new MailText('en').t('assigned.by', { actor: 'سارة' })).toContain('\u2068سارة\u2069');
  expect(new MailText('en').t('assigned.by', { actor: 'Agnes' })).toBe('Agnes assigned it to you.');
});
