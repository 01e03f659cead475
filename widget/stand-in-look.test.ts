import { assert } from '@open-wc/testing';
import * as labels from './stand-in-labels.ts';
import { LABEL } from './stand-in-look.ts';
import { arLink } from './text/ar-link.ts';
import { deLink } from './text/de-link.ts';
import { enLink } from './text/en-link.ts';
import { esLink } from './text/es-link.ts';
import { frLink } from './text/fr-link.ts';
import { jaLink } from './text/ja-link.ts';
import { ptBrLink } from './text/pt-br-link.ts';

describe('the stand-in of a launcher', () => {
  it('has the name that the launcher has, in every language', () => {
    assert.equal(LABEL, enLink['launcher.open']);
    const catalogs = { de: deLink, fr: frLink, es: esLink, pt: ptBrLink, ja: jaLink, ar: arLink };
    assert.sameMembers(Object.keys(labels), Object.keys(catalogs));
    for (const [language, catalog] of Object.entries(catalogs)) {
      assert.equal(labels[language as keyof typeof catalogs], catalog['launcher.open']);
    }
  });
});
