import { hasText, languageOf, loadText, type TextPart } from './load.ts';

/**
 * The words of one element: the language that it speaks, and the one that it will speak once all its words are
 * here, so that no view ever stands there in two languages.
 */
export class Words {
  readonly #parts = new Set<TextPart>(['base']);
  readonly #changed: () => void;
  readonly #fetch: typeof loadText;
  readonly #loading = new Set<string>();
  /** As the host says it. */
  #wanted = 'en';
  #asked = 'en';
  #spoken: string | null = null;
  #failed = false;

  /**
   * @param changed called when some have come, or could not
   * @param fetch gets one part of one language, or throws
   */
  constructor(changed: () => void, fetch = loadText) {
    this.#changed = changed;
    this.#fetch = fetch;
  }

  /** The language in force, with its region. */
  get locale(): string {
    return this.#spoken ?? this.#asked;
  }

  /** Some could not be loaded; `retry` asks again. */
  get failed(): boolean {
    return this.#failed;
  }

  retry(): void {
    this.#failed = false;
    this.#asked = this.#wanted;
  }

  /** Speaks another language from when it is here. */
  ask(locale: string): void {
    if (locale === this.#wanted) return;
    this.#wanted = this.#asked = locale;
    if (this.#lacking(locale).length === 0) this.#spoken = locale;
    else this.want();
  }

  /** @returns whether these words and all that were wanted before are here; if not, they are on their way */
  want(...parts: TextPart[]): boolean {
    this.#spoken ??= this.#asked;
    // Another element of the page may have loaded them: they are here, but not in the text that was made before.
    const isNews = parts.some((part) => !this.#parts.has(part) && hasText(languageOf(this.locale), part));
    if (isNews) queueMicrotask(this.#changed);
    for (const part of parts) this.#parts.add(part);
    if (!this.#failed) for (const part of this.#lacking(this.#asked)) void this.#load(this.#asked, part);
    return !isNews && this.#lacking(this.#spoken).length === 0;
  }

  /** Loads some that nothing waits for; those come with every language from then on. */
  async bring(part: TextPart): Promise<void> {
    await this.#fetch(languageOf(this.locale), part);
    this.#parts.add(part);
    this.#changed();
  }

  /** Loads them before they are wanted, if that can be. */
  prefetch(part: TextPart): void {
    this.#fetch(languageOf(this.locale), part).then(this.#changed, () => undefined);
  }

  async #load(locale: string, part: TextPart): Promise<void> {
    const key = `${locale} ${part}`;
    if (this.#loading.has(key)) return;
    this.#loading.add(key);
    try {
      await this.#fetch(languageOf(locale), part);
    } catch {
      if (locale === this.#asked) this.#goWithout(part);
    }
    this.#loading.delete(key);
    if (this.#lacking(this.#asked).length === 0) this.#spoken = this.#asked;
    this.#changed();
  }

  /** Another language is better than nothing: the one that is spoken now, or English. */
  #goWithout(part: TextPart): void {
    if (this.#asked !== this.#spoken) this.#asked = this.locale;
    else if (part === 'base') this.#asked = this.#spoken = 'en';
    else this.#failed = true;
  }

  #lacking(locale: string): TextPart[] {
    return [...this.#parts].filter((part) => !hasText(languageOf(locale), part));
  }
}
