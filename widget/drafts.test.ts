import { assert } from '@open-wc/testing';
import { Drafts } from './drafts.ts';

const draft = (subject: string) => ({ fields: { subject }, attachments: [] });

describe('Drafts', () => {
  afterEach(() => sessionStorage.clear());

  it('keeps what was typed for the user and the tab', () => {
    const drafts = new Drafts();
    drafts.setUser('u:1');
    drafts.write('new', draft('Help'));
    const later = new Drafts();
    later.setUser('u:1');
    assert.deepEqual(later.read('new'), draft('Help'));
    later.write('new', null);
    assert.isNull(drafts.read('new'));
  });

  it('shows nobody what another typed, and clears only one user', () => {
    const drafts = new Drafts();
    drafts.setUser('u');
    drafts.write('new', draft('Mine'));
    // A name that begins like the other.
    drafts.setUser('u2');
    assert.isNull(drafts.read('new'));
    drafts.write('new', draft('Theirs'));
    drafts.clear('u');
    assert.deepEqual(drafts.read('new'), draft('Theirs'));
    drafts.setUser('u');
    assert.isNull(drafts.read('new'));
    drafts.setUser(null);
    drafts.write('new', draft('Nobody'));
    assert.isNull(drafts.read('new'));
  });

  it('goes on in memory when the storage is full', () => {
    const drafts = new Drafts();
    drafts.setUser('u');
    drafts.write('new', draft('Small'));
    const large = draft('x'.repeat(6_000_000));
    drafts.write('new', large);
    assert.deepEqual(drafts.read('new'), large);
    drafts.clear('u');
    assert.isNull(drafts.read('new'));
  });

  it('takes nothing for a draft that is none', () => {
    const drafts = new Drafts();
    drafts.setUser('u');
    drafts.write('new', draft('Help'));
    const [name] = Object.keys(sessionStorage);
    for (const text of ['{', 'null', '[]', '{"fields":null,"attachments":[]}']) {
      sessionStorage.setItem(name!, text);
      assert.isNull(drafts.read('new'), text);
    }
  });
});
