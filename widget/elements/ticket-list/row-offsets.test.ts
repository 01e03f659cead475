import { assert } from '@open-wc/testing';
import { RowOffsets } from './row-offsets.ts';

describe('RowOffsets', () => {
  const keys = (count: number): string[] => Array.from({ length: count }, (_, n) => `SUP-${n}`);

  function offsets(count: number): RowOffsets {
    const made = new RowOffsets(50);
    made.setKeys(keys(count));
    return made;
  }

  it('takes rows for as high as the first that were measured', () => {
    const rows = offsets(10_000);
    assert.equal(rows.total, 500_000);
    assert.isTrue(
      rows.measure([
        ['SUP-0', 60],
        ['SUP-1', 80],
      ]),
    );
    assert.equal(rows.top(1), 60);
    assert.equal(rows.top(2), 140);
    assert.equal(rows.total, 140 + 9998 * 70);
  });

  it('says whether anything has moved', () => {
    const rows = offsets(3);
    rows.measure([['SUP-0', 60]]);
    assert.isFalse(rows.measure([['SUP-0', 60.2]]));
    assert.isTrue(rows.measure([['SUP-1', 90]]));
    assert.isFalse(rows.measure([]));
  });

  it('finds the row at a place, and the nearest beyond the ends', () => {
    const rows = offsets(100);
    rows.measure([
      ['SUP-0', 40],
      ['SUP-1', 100],
    ]);
    assert.deepEqual(
      [-5, 0, 39, 40, 139, 140, 1e9].map((y) => rows.indexAt(y)),
      [0, 0, 0, 1, 1, 2, 99],
    );
    rows.setKeys([]);
    assert.equal(rows.indexAt(10), 0);
    assert.equal(rows.total, 0);
  });

  it('keeps what it knows of a row that moves, and forgets it when told', () => {
    const rows = offsets(3);
    rows.measure([
      ['SUP-0', 40],
      ['SUP-2', 100],
    ]);
    rows.setKeys(['SUP-2', 'SUP-9', 'SUP-0']);
    assert.deepEqual([rows.top(1), rows.top(2), rows.top(3)], [100, 170, 210]);
    rows.forget();
    assert.equal(rows.total, 210);
  });
});
