import type { en } from './en.ts';
import type { enAgent } from './en-agent.ts';
import type { enLate } from './en-late.ts';
import type { enLink } from './en-link.ts';
import type { enViews } from './en-views.ts';

/** A string with `{name}` places, or one for each plural category of `Intl.PluralRules` on `{count}`. */
export type Phrase = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);
export type TextKey =
  keyof typeof en | keyof typeof enLate | keyof typeof enLink | keyof typeof enViews | keyof typeof enAgent;
export type Catalog = Partial<Record<TextKey, Phrase>>;
/** A catalog in another language: every key of the English one. */
export type Translation<English> = Record<keyof English, Phrase>;
export type Values = Record<string, string | number>;

/** Formatters are dear to make: each is made once it is needed, for all texts of its locale. */
const formatters: Record<string, unknown> = {};

/** Strings, dates and numbers of one language. A new object for every change of language or overrides. */
export class Text {
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
  readonly #catalog: Catalog;
  /** @param catalogs later ones win: fallback language, language, the host's overrides */
  constructor(locale: string, direction: 'ltr' | 'rtl', ...catalogs: Catalog[]) {
    this.locale = locale;
    this.direction = direction;
    this.#catalog = Object.assign({}, ...catalogs) as Catalog;
  }

  /** Whether its words are here. */
  has(key: string): key is TextKey {
    return key in this.#catalog;
  }

  /** The phrase under `key`, numbers formatted, `{places}` filled; a missing key shows itself. */
  t(key: TextKey, values: Values = {}): string {
    let phrase = this.#catalog[key] ?? key;
    if (typeof phrase !== 'string') {
      phrase = phrase[this.#by(Intl.PluralRules).select(Number(values['count'] ?? 0))] ?? phrase.other;
    }
    return phrase.replace(/\{(\w+)\}/g, (place, name: string) => {
      const given = values[name];
      if (given === undefined) return place;
      if (typeof given === 'number') return this.number(given);
      // Neither what is written the other way nor what says it were may reorder the words around it.
      const value = given.replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
      const foreign = this.direction === 'rtl' ? /[a-z]/i : /[\u0590-\u08ff]/;
      return foreign.test(value) ? `\u2068${value}\u2069` : value;
    });
  }

  number(value: number): string {
    return this.#by(Intl.NumberFormat).format(value);
  }

  /** "3 min. ago" within a week, else the date, with the year where it is another one. */
  relative(iso: string, now: number): string {
    const seconds = (Date.parse(iso) - now) / 1000;
    const past = Math.abs(seconds);
    if (past < 7 * 86400) {
      const relative = this.#by(Intl.RelativeTimeFormat, 'since', { numeric: 'auto', style: 'short' });
      if (past < 45) return relative.format(0, 'second');
      if (past < 45 * 60) return relative.format(Math.round(seconds / 60), 'minute');
      if (past < 22 * 3600) return relative.format(Math.round(seconds / 3600), 'hour');
      return relative.format(Math.round(seconds / 86400), 'day');
    }
    if (new Date(iso).getFullYear() !== new Date(now).getFullYear()) return this.date(iso);
    return this.#by(Intl.DateTimeFormat, 'day', { month: 'short', day: 'numeric' }).format(Date.parse(iso));
  }

  /** With weekday and time, for a tooltip. */
  exact(iso: string): string {
    const how = { dateStyle: 'full', timeStyle: 'short' } as const;
    return this.#by(Intl.DateTimeFormat, 'exact', how).format(Date.parse(iso));
  }

  date(iso: string): string {
    return this.#by(Intl.DateTimeFormat, 'date', { dateStyle: 'medium' }).format(Date.parse(iso));
  }

  /** @param name tells formatters of one kind with different options apart */
  #by<Made>(Kind: new (locale: string, options?: object) => Made, name = Kind.name, options?: object): Made {
    return (formatters[name + this.locale] ??= new Kind(this.locale, options)) as Made;
  }
}
