import { assert } from '@open-wc/testing';
import { rowFor } from './row-keys.ts';

describe('rowFor', () => {
  const list = document.createElement('ul');
  const [first, second, third] = [row(), row(), row()];

  function row(): Element {
    return list.appendChild(document.createElement('li'));
  }

  it('leads to the neighbours and stops at the ends', () => {
    assert.equal(rowFor('ArrowDown', first, list), second);
    assert.equal(rowFor('ArrowDown', third, list), third);
    assert.equal(rowFor('ArrowUp', second, list), first);
    assert.equal(rowFor('ArrowUp', first, list), first);
  });

  it('leads to the ends', () => {
    assert.equal(rowFor('Home', third, list), first);
    assert.equal(rowFor('End', first, list), third);
  });

  it('leaves other keys alone', () => {
    assert.isNull(rowFor('Enter', first, list));
    assert.isNull(rowFor('a', first, list));
  });
});
