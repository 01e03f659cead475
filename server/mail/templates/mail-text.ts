import { directionOf, matchLanguage, type Language } from '../../contract/languages.ts';
import { ar } from './text/ar.ts';
import { de } from './text/de.ts';
import { en } from './text/en.ts';
import { es } from './text/es.ts';
import { fr } from './text/fr.ts';
import { ja } from './text/ja.ts';
import { ptBr } from './text/pt-br.ts';

/** A string with `{name}` places, or one for each plural category of `Intl.PluralRules` on `{count}`. */
export type MailPhrase = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);
export type MailKey = keyof typeof en;
export type MailCatalog = Record<MailKey, MailPhrase>;

export const MAIL_CATALOGS: Record<Language, MailCatalog> = { en, de, fr, es, 'pt-BR': ptBr, ja, ar };

const LEFT_TO_RIGHT = /[A-Za-z\u00c0-\u02af\u0370-\u052f\u1e00-\u1fff]/;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** The words of mails in one language. */
export class MailText {
  readonly language: Language;
  readonly direction: 'ltr' | 'rtl';
  readonly #catalog: MailCatalog;
  readonly #plural: Intl.PluralRules;
  readonly #number: Intl.NumberFormat;
  /** Phrases cut at their places: text, name, text, …, text. */
  readonly #cut = new Map<string, string[]>();

  constructor(language: Language) {
    this.language = language;
    this.direction = directionOf(language);
    this.#catalog = MAIL_CATALOGS[language];
    this.#plural = new Intl.PluralRules(language);
    this.#number = new Intl.NumberFormat(language);
  }

  /** The phrase under `key` with its places filled; `count` also picks its plural. */
  t(key: MailKey, values: Record<string, string | number> = {}): string {
    let phrase = this.#catalog[key];
    if (typeof phrase !== 'string') {
      phrase = phrase[this.#plural.select(Number(values['count'] ?? 0))] ?? phrase.other;
    }
    let cut = this.#cut.get(phrase);
    if (!cut) this.#cut.set(phrase, (cut = phrase.split(/\{(\w+)\}/)));
    let filled = cut[0]!;
    for (let n = 1; n < cut.length; n += 2) filled += this.#fill(cut[n]!, values) + cut[n + 1]!;
    return filled;
  }

  #fill(name: string, values: Record<string, string | number>): string {
    const value = values[name];
    if (value === undefined) return `{${name}}`;
    return typeof value === 'number' ? this.#number.format(value) : this.#isolate(value);
  }

  /** A name that is written the other way must not reorder the words around it. */
  #isolate(value: string): string {
    const foreign = this.direction === 'rtl' ? LEFT_TO_RIGHT : RIGHT_TO_LEFT;
    return foreign.test(value) ? `\u2068${value}\u2069` : value;
  }
}

const texts = new Map<Language, MailText>();

/** @param locale of the one who reads it; null: not known */
export function mailTextFor(locale: string | null | undefined): MailText {
  const language = (locale && matchLanguage(locale)) || 'en';
  let text = texts.get(language);
  if (!text) texts.set(language, (text = new MailText(language)));
  return text;
}
