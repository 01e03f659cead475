import { assert } from '@open-wc/testing';
import type { Language } from '../server/contract/languages.ts';
import type { SupportCenter } from './support-center.ts';
import { accessibilityFaults } from './testing/axe.ts';
import { deepAll, textOf } from './testing/deep.ts';
import { mountSupport, until, type Mounted, type MountOptions } from './testing/fixture.ts';
import { enAgent } from './text/en-agent.ts';
import { enViews } from './text/en-views.ts';
import { en } from './text/en.ts';
import { hasText, type TextPart } from './text/load.ts';
import type { Catalog } from './text/text.ts';
import { TRANSLATIONS } from './text/translations.ts';

describe('Languages', () => {
  let mounted: Mounted | undefined;
  let element: SupportCenter;
  afterEach(async () => {
    await mounted?.cleanup();
    mounted = undefined;
    document.documentElement.removeAttribute('lang');
    document.documentElement.removeAttribute('dir');
  });

  async function mount(options: MountOptions = {}): Promise<void> {
    mounted = await mountSupport(options);
    ({ element } = mounted);
  }
  const title = (): string => textOf(element.shadowRoot!.querySelector('h2'));
  const speaks = (words: string): Promise<boolean> => until(() => title() === words, words);
  const root = (): HTMLElement => element.shadowRoot!.querySelector<HTMLElement>('.words')!;
  const spoken = (): string => `${root().lang} ${root().dir}`;
  const has = (language: Language): TextPart[] =>
    (['base', 'views', 'agent'] as const).filter((part) => hasText(language, part));

  /** What is read and heard of a view, as it stands there. */
  function words(): Set<string> {
    const found = new Set<string>();
    for (const one of deepAll(element.shadowRoot!, '*')) {
      for (const name of ['aria-label', 'title', 'placeholder']) found.add(one.getAttribute(name) ?? '');
      for (const node of one.childNodes) {
        if (node.nodeType === Node.TEXT_NODE) found.add((node.textContent ?? '').trim());
      }
    }
    return found;
  }

  it('is English without a word of any other, and a client’s without a word of an agent’s', async () => {
    await mount();
    assert.equal(title(), 'Support');
    assert.equal(spoken(), 'en ltr');
    for (const language of ['de', 'fr', 'es', 'pt-BR', 'ja', 'ar'] as const)
      assert.deepEqual(has(language), []);
    assert.isFalse(hasText('en', 'agent'));
  });

  it('follows the `locale`, loading what the view needs and no more', async () => {
    await mount({ attributes: { locale: 'es' } });
    assert.equal(title(), 'Soporte');
    assert.deepEqual(has('es'), ['base']);
    element.newTicket();
    await until(() => words().has('Ticket nuevo'), 'the form');
    assert.deepEqual(has('es'), ['base', 'views']);
  });

  it('follows the nearest `lang`, and its changes, wherever they are', async () => {
    document.documentElement.lang = 'de';
    await mount();
    assert.equal(title(), 'Support');
    assert.equal(spoken(), 'de ltr');
    element.parentElement!.lang = 'fr-CA';
    await speaks('Assistance');
    assert.equal(spoken(), 'fr-CA ltr');
    element.parentElement!.lang = '';
    await speaks('Support');
    const elsewhere = document.createElement('section');
    elsewhere.lang = 'ja';
    document.body.append(elsewhere);
    elsewhere.append(element);
    await speaks('サポート');
    elsewhere.remove();
  });

  it('takes what comes nearest: a region, a bare language, English for all else', async () => {
    await mount({ attributes: { locale: 'pt' } });
    assert.equal(title(), 'Suporte');
    for (const [locale, words] of [
      ['nl', 'Support'],
      ['pt_PT', 'Suporte'],
      ['x-klingon', 'Support'],
      ['AR-eg', 'الدعم'],
      ['12 monkeys', 'Support'],
    ] as const) {
      element.locale = locale;
      await speaks(words);
    }
  });

  it('switches at run time without a word in between', async () => {
    await mount({ attributes: { locale: 'ja' }, user: 'admin' });
    const heard = new Set<string>();
    const watching = new MutationObserver(() => heard.add(title()));
    watching.observe(element.shadowRoot!, { subtree: true, characterData: true, childList: true });
    element.locale = 'fr';
    await speaks('Assistance');
    watching.disconnect();
    heard.delete('サポート');
    assert.deepEqual([...heard], ['Assistance']);
  });

  it('keeps what was typed while the language changes', async () => {
    await mount();
    element.newTicket();
    const subject = await until(
      () => deepAll<HTMLInputElement>(element, '#subject, [name=subject]')[0],
      'the subject',
    );
    subject.value = 'Half a sente';
    subject.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    subject.focus();
    element.locale = 'de';
    await until(() => words().has('Betreff'), 'German');
    assert.equal(subject.value, 'Half a sente');
    assert.isTrue(subject.isConnected && subject.matches(':focus'));
  });

  it('lets the host replace single texts, in every language', async () => {
    const messages: Catalog = { 'app.title': 'Help desk', 'list.results': 'n = {count}' };
    await mount({ properties: { messages } });
    assert.equal(title(), 'Help desk');
    element.locale = 'de';
    await until(() => words().has('Ticket erstellen'), 'German');
    assert.equal(title(), 'Help desk');
    element.messages = {};
    await speaks('Support');
  });

  it('is asked of the server too, so that mails are in it', async () => {
    await mount({ attributes: { locale: 'de-AT' } });
    const { store, server } = mounted!;
    const input = { subject: 'Leer', category: 'general', priority: 'low', description: 'Nichts.' } as const;
    await store.createTicket(input, crypto.randomUUID());
    element.locale = 'fr';
    await speaks('Assistance');
    await store.createTicket(input, crypto.randomUUID());
    const texts = (await server.mails()).map(({ payload }) => payload.text);
    assert.include(texts[0], 'Wir haben Ihr Ticket');
    assert.include(texts.at(-1), 'Nous avons bien reçu votre ticket');
  });

  describe('from right to left', () => {
    it('is how Arabic stands, in a page that is not', async () => {
      await mount({ attributes: { locale: 'ar' } });
      assert.equal(spoken(), 'ar rtl');
      assert.equal(getComputedStyle(element.shadowRoot!.querySelector('.base')!).direction, 'rtl');
      assert.equal(getComputedStyle(element.parentElement!).direction, 'ltr');
      const search = await until(() => deepAll(element, '[part~=search]')[0], 'the search');
      assert.equal(getComputedStyle(search).direction, 'rtl');
    });

    it('is not how English stands, in a page that is', async () => {
      document.documentElement.dir = 'rtl';
      await mount({ attributes: { locale: 'en' } });
      assert.equal(getComputedStyle(element.shadowRoot!.querySelector('.base')!).direction, 'ltr');
    });
  });

  for (const language of ['ar', 'de', 'ja'] as const) {
    it(`leaves no view in English: ${language}`, async () => {
      let number = '';
      await mount({
        user: 'admin',
        attributes: { locale: language },
        seed: async (server) => {
          ({ number } = await server.as('client').createTicket({ subject: '1' }));
          await server.as('agent').reply(number, { body: '2', internal: true });
          await server.as('agent').reply(number, '3');
        },
      });
      const english: Catalog = { ...en, ...enViews, ...enAgent };
      const own: Catalog = {};
      for (const part of ['base', 'views', 'agent'] as const) {
        Object.assign(own, await TRANSLATIONS[language][part]());
      }
      const theirs = new Set(Object.values(own).map(String));
      const left = Object.values(english).map(String);
      const unspoken = left.filter((phrase) => /[a-z]{3}/i.test(phrase) && !theirs.has(phrase));
      const check = async (view: string): Promise<void> => {
        const seen = words();
        assert.deepEqual(
          unspoken.filter((phrase) => seen.has(phrase)),
          [],
          view,
        );
        assert.deepEqual(await accessibilityFaults(element), [], view);
      };
      await until(() => deepAll(element, '[part~=ticket-card]').length > 0, 'the list');
      await check('list');
      element.newTicket();
      await until(() => words().has(own['form.submit'] as string), 'the form');
      await check('form');
      element.openTicket(number);
      await until(() => words().has(own['controls.delete'] as string), 'the ticket');
      await check('ticket');
      mounted!.store.navigate({ view: 'settings' });
      await until(() => words().has(own['settings.window'] as string), 'the settings');
      await check('settings');
    });
  }
});
