import { assert } from '@open-wc/testing';
import { clearDrafts } from './clear-drafts.ts';
import { Drafts } from './drafts.ts';

const draft = (subject: string) => ({ fields: { subject }, attachments: [] });

describe('Drafts', () => {
  afterEach(() => sessionStorage.clear());

  it('keeps what was typed for the user and the tab', () => {
    new Drafts(() => 'u:1').write('new', draft('Help'));
    const later = new Drafts(() => 'u:1');
    assert.deepEqual(later.read('new'), draft('Help'));
    later.write('new', null);
    assert.isNull(new Drafts(() => 'u:1').read('new'));
  });

  it('shows nobody what another typed, and clears only one user', () => {
    let user: string | null = 'u';
    const drafts = new Drafts(() => user);
    drafts.write('new', draft('Mine'));
    // A name that begins like the other.
    user = 'u2';
    assert.isNull(drafts.read('new'));
    drafts.write('new', draft('Theirs'));
    clearDrafts('u');
    assert.deepEqual(drafts.read('new'), draft('Theirs'));
    user = 'u';
    assert.isNull(drafts.read('new'));
    user = null;
    drafts.write('new', draft('Nobody'));
    assert.isNull(drafts.read('new'));
  });

  it('goes on in memory when the storage is full', () => {
    const drafts = new Drafts(() => 'u');
    drafts.write('new', draft('Small'));
    const large = draft('x'.repeat(6_000_000));
    drafts.write('new', large);
    assert.deepEqual(drafts.read('new'), large);
    drafts.write('new', null);
    assert.isNull(drafts.read('new'));
  });

  it('takes nothing for a draft that is none', () => {
    const drafts = new Drafts(() => 'u');
    drafts.write('new', draft('Help'));
    const [name] = Object.keys(sessionStorage);
    for (const text of ['{', 'null', '[]', '{"fields":null,"attachments":[]}']) {
      sessionStorage.setItem(name!, text);
      assert.isNull(drafts.read('new'), text);
    }
  });
});
