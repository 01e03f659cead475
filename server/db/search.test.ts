import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase, type OpenTestDatabase } from '../testing/open-test-database.ts';
import { query } from './fragment.ts';
import { foldSubject, parseSearch } from './search.ts';
import { ticketPage } from './ticket-page.ts';

describe('foldSubject', () => {
  test.each([
    ['CAFÉ  Zürich', 'cafe zurich'],
    ['Straße STRASSE', 'strasse strasse'],
    ['ΟΔΟΣ οδος', 'οδοσ οδοσ'],
    ['İstanbul', 'istanbul'],
    ['ﬁle №\u00a05', 'file no 5'],
    ['soft\u00adhyphen zero\u200bwidth', 'softhyphen zerowidth'],
    ['ガギグ 한국', 'ガギグ 한국'],
    ['line\none\ttab', 'line one tab'],
    ['broken \ud800 half', 'broken \ufffd half'],
  ])('%j becomes %j', (text, folded) => expect(foldSubject(text)).toBe(folded));

  test('a folded text folds to itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(foldSubject(foldSubject(text))).toBe(foldSubject(text));
      }),
    );
  });
});

describe('searching subjects', () => {
  const subjects = [
    'Printer offline in the Café',
    'Cannot log in',
    '100% CPU on node_1',
    'Fehler: "Zugriff verweigert" (e-mail)',
    '請求書が届きません',
    'a*b OR c NEAR d',
    'C# build [fails]',
    'Ticket 1003 was wrong',
    '-- dashes -- and \\ backslash',
    '🔥fire→exit “quoted” 日本語テスト',
  ];
  let database: OpenTestDatabase;

  beforeAll(async () => {
    database = await openTestDatabase();
    const user = { email: 'c@example.com', name: 'C', role: 'client', created_at: 0, seen_at: 0 } as const;
    await database.db
      .insertInto('users')
      .values({ id: 1, external_id: 'c', ...user })
      .execute();
    // Enough others that the full-text index is asked, and not every ticket looked at.
    const all = [...subjects, ...Array<string>(2500).fill('unrelated')];
    for (let at = 0; at < all.length; at += 500) {
      const rows = all.slice(at, at + 500).map((subject) => ({
        ...{ subject, subject_search: foldSubject(subject), requester_id: 1, created_at: 0, updated_at: 0 },
        ...({ status: 'open', priority: 'low', category: 'general' } as const),
      }));
      await database.db.insertInto('tickets').values(rows).execute();
    }
  });
  afterAll(() => database.close());

  async function find(typed: string, filter: { requesterId?: number } = {}): Promise<string[]> {
    const search = parseSearch(typed, 'SUP');
    if (!search) return ['everything'];
    const found = new Set<string>();
    for (const sort of ['oldest', 'updated'] as const) {
      const page = await ticketPage(database.db, { scope: { ...filter, search }, sort, limit: 100 });
      for (const { id } of await query<{ id: number }>(database.db, page)) {
        found.add(subjects[id - 1001] ?? 'unrelated');
      }
    }
    return subjects
      .filter((subject) => found.has(subject))
      .concat(found.has('unrelated') ? ['unrelated'] : []);
  }

  test.each([
    ['printer', [0]],
    ['PRINTER CAFE', [0]],
    ['offline café', [0]],
    ['ffli', [0]],
    ['printer absent', []],
    ['in', [0, 1]],
    ['i', [0, 1]],
    ['lo in', [1]],
    ['rin', [0]],
    ['100%', [2]],
    ['0%', [2]],
    ['%', [2]],
    ['_', [2]],
    ['node_1', [2]],
    ['nodex1', []],
    ['"zugriff', [3]],
    ['"', [3]],
    ['mai', [3]],
    ['ma', [3]],
    ['請求', [4]],
    ['求', [4]],
    ['届きません', [4]],
    ['a*b', [5]],
    ['* OR', [5]],
    ['or', [5]],
    ['NEAR d', [5]],
    ['near(d', []],
    ['c#', [6]],
    ['[fails]', [6]],
    ['[', [6]],
    ['subject_search:printer', []],
    ["' OR 1=1 --", []],
    ['--', [8]],
    ['\\', [8]],
    ['fi', [9]],
    ['ex', [9]],
    ['qu', [9]],
    ['fir', [9]],
    ['🔥', [9]],
    ['本語', [9]],
    ['スト', [9]],
    ['SUP-1003', [2]],
    ['sup-1003', [2]],
    ['#1003', [2]],
    ['1003', [2, 7]],
    ['SUP-1003 was', []],
    ['#10099', []],
  ] as Array<[string, number[]]>)('%j finds the subjects %j', async (typed, expected) => {
    const wanted = expected.map((index) => subjects[index]);
    expect(await find(typed)).toEqual(wanted);
    expect(await find(typed, { requesterId: 1 })).toEqual(wanted);
  });

  test('a leading part of a number finds every number that begins so', async () => {
    expect(await find('SUP-100')).toEqual(subjects.slice(0, 9));
    expect(await find('SUP-101')).toEqual([subjects[9], 'unrelated']);
    expect(await find('sup-')).toEqual([...subjects, 'unrelated']);
  });

  test.each(['', '   ', '\u200b', '\u0000'])('%j asks for nothing', async (typed) => {
    expect(await find(typed)).toEqual(['everything']);
  });

  test('nothing that can be typed breaks it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (typed) => {
        await find(typed);
      }),
      { numRuns: 200 },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom(...`"'*()^:-+%_[]{} anor`), maxLength: 12 }),
        async (typed) => {
          await find(typed);
        },
      ),
      { numRuns: 300 },
    );
  });
});
