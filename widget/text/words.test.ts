import { assert } from '@open-wc/testing';
import { until } from '../testing/fixture.ts';
import { hasText, loadText } from './load.ts';
import { Words } from './words.ts';

describe('Words', () => {
  let refused: string[] = [];
  let changes = 0;
  const words = (): Words => {
    refused = [];
    changes = 0;
    return new Words(
      () => (changes += 1),
      async (language, part) => {
        if (refused.includes(`${language} ${part}`)) throw new Error('No network.');
        await loadText(language, part);
      },
    );
  };
  const change = async (act: () => void): Promise<void> => {
    const before = changes;
    act();
    await until(() => changes > before, 'words');
  };

  it('speak English at once, without asking for anything', () => {
    const made = words();
    assert.isTrue(made.want());
    assert.equal(made.locale, 'en');
    assert.isFalse(hasText('de', 'base'));
  });

  it('of another language come part by part, as they are wanted', async () => {
    const made = words();
    await change(() => made.ask('de-AT'));
    assert.isTrue(made.want());
    assert.equal(made.locale, 'de-AT');
    assert.isFalse(hasText('de', 'views'));
    await change(() => assert.isFalse(made.want('views')));
    assert.isTrue(made.want('views'));
    assert.isFalse(hasText('de', 'agent'));
  });

  it('change language once all that is shown can be said in the new one', async () => {
    const made = words();
    await change(() => made.want('views'));
    made.ask('fr');
    assert.equal(made.locale, 'en');
    assert.isTrue(made.want('views'), 'in English as long');
    await until(() => made.locale === 'fr', 'French');
    assert.isTrue(hasText('fr', 'views'));
  });

  it('fall back to English where a language cannot be had, and try it again when asked to', async () => {
    const made = words();
    refused = ['es base'];
    await change(() => made.ask('es'));
    assert.isTrue(made.want());
    assert.equal(made.locale, 'en');
    made.ask('es');
    assert.equal(made.locale, 'en', 'asking the same again is no new attempt');
    refused = [];
    made.retry();
    await change(() => made.want());
    assert.equal(made.locale, 'es');
  });

  it('stay with the language that is shown where the next one cannot be had', async () => {
    const made = words();
    await change(() => made.ask('ja'));
    refused = ['ar base'];
    await change(() => made.ask('ar'));
    assert.equal(made.locale, 'ja');
    assert.isTrue(made.want());
    assert.isFalse(made.failed);
  });

  it('say that a part could not be had, and have it after another attempt', async () => {
    const made = words();
    await change(() => made.ask('pt'));
    refused = ['pt-BR agent'];
    await change(() => made.want('agent'));
    assert.isTrue(made.failed);
    assert.isFalse(made.want());
    refused = [];
    made.retry();
    await change(() => made.want());
    assert.isTrue(made.want('agent'));
  });

  it('take the last of several languages asked for in a row', async () => {
    const made = words();
    await change(() => made.want('link'));
    made.ask('de');
    made.ask('fr');
    await until(() => made.locale === 'fr', 'French');
    assert.isTrue(made.want());
  });
});
