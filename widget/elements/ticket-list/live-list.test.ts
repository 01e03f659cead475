import { assert } from '@open-wc/testing';
import { deep, deepAll, focused, textOf } from '../../testing/deep.ts';
import { type } from '../../testing/fields.ts';
import { mountSupport, until, type Mounted } from '../../testing/fixture.ts';

describe('The list, while others write', () => {
  let mounted: Mounted;
  const numbers: string[] = [];

  beforeEach(async () => {
    numbers.length = 0;
    mounted = await mountSupport({
      user: 'agent',
      seed: async (server) => {
        for (let count = 1; count <= 20; count++) {
          const { number } = await server.as('client').createTicket({ subject: `Subject ${count}` });
          numbers.push(number);
        }
      },
    });
    await until(() => rows().length === 20, 'the rows');
    await until(() => mounted.server.openStreams().then((count) => count === 1), 'the stream');
  });
  afterEach(async () => {
    await mounted.cleanup();
    window.scrollTo(0, 0);
  });

  const root = (): ShadowRoot => mounted.element.shadowRoot!;
  const rows = (): HTMLElement[] => deepAll(root(), 'li[data-number]');
  const row = (number: string): HTMLElement => rows().find((one) => one.dataset['number'] === number)!;
  const topOf = (number: string): number => Math.round(row(number).getBoundingClientRect().top);
  const settle = (): Promise<unknown> =>
    new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)));

  it('keeps the row that is read where it is, with its focus and what is marked in it', async () => {
    const read = numbers[8]!;
    const subject = row(read).querySelector<HTMLElement>('.subject')!;
    subject.focus({ preventScroll: true });
    window.scrollTo(0, 400);
    await settle();
    const before = topOf(read);
    const text = document.createTreeWalker(subject, NodeFilter.SHOW_TEXT).nextNode()!;
    const selection = getSelection()!;
    selection.setBaseAndExtent(text, 0, text, 3);

    await mounted.server.as('otherClient').createTicket({ subject: 'Something new' });
    await until(() => rows().length === 21, 'the new row');
    await mounted.server.as('client').reply(read, 'More of it.');
    await until(() => row(read).textContent.includes('New reply'), 'its mark');
    await settle();
    assert.equal(textOf(rows()[0]!.querySelector('.subject')), 'Something new');
    assert.equal(topOf(read), before, 'nothing jumps');
    assert.equal(focused(), subject);
    assert.equal(row(read).querySelector('.subject'), subject);
    const [range] = selection.getComposedRanges({ shadowRoots: [text.getRootNode() as ShadowRoot] });
    assert.deepEqual([range!.startContainer, range!.startOffset, range!.endOffset], [text, 0, 3]);
    assert.isNotEmpty(mounted.store.announcement.value);
  });

  it('keeps what is typed into the search, with the caret in it', async () => {
    const box = await until(() => deep<HTMLInputElement>(root(), 'input[type=search]'), 'the search');
    box.focus({ preventScroll: true });
    type(box, 'Subject');
    box.setSelectionRange(2, 5);
    await until(() => mounted.store.filter.value.q === 'Subject', 'the search');
    await mounted.server.as('otherClient').createTicket({ subject: 'Subject of another' });
    await until(() => rows().length === 21, 'the new row');
    assert.equal(focused(), box);
    assert.deepEqual([box.value, box.selectionStart, box.selectionEnd], ['Subject', 2, 5]);
  });
});
