import { assert } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { Ticket } from '../../../server/contract/tickets.ts';
import { deep, deepAll, focused, textOf } from '../../testing/deep.ts';
import { mountSupport, until, type Mounted, type MountOptions } from '../../testing/fixture.ts';

const MANY = 3000;

describe('a long list of tickets', () => {
  let mounted: Mounted;
  afterEach(async () => {
    await mounted.cleanup();
    scrollTo(0, 0);
  });

  const list = () => deep(mounted.element, '[part=ticket-list]')!;
  const rows = () => deepAll(mounted.element, '[part=ticket-card]');
  const row = (number: string) => rows().find((one) => one.dataset['number'] === number);
  const inSight = () =>
    rows().filter((one) => {
      const { top, bottom } = one.getBoundingClientRect();
      return bottom > 0 && top < innerHeight;
    });

  /** As many as somebody has who went on with "Load more". */
  async function mountMany(count = MANY, options: MountOptions = {}): Promise<void> {
    mounted = await mountSupport({
      user: 'agent',
      seed: async (server) => void (await server.as('client').createTicket({ subject: 'The first' })),
      ...options,
    });
    await until(() => rows().length === 1, 'the ticket');
    setTickets(many(count));
    await until(
      () => list().ariaLabel === 'Tickets' && rows().at(-1)?.ariaSetSize === String(count),
      'the window',
    );
  }

  function many(count: number): Ticket[] {
    const [first] = mounted.store.list.value.tickets;
    return Array.from({ length: count }, (_, n) => ({
      ...first!,
      number: `SUP-${1001 + count - n}`,
      // On a phone some take more lines than others.
      subject: `Ticket ${n} ${'and what it is about '.repeat(n % 7)}`.trim(),
    }));
  }

  function setTickets(tickets: Ticket[]): void {
    mounted.store.list.set({ ...mounted.store.list.value, tickets });
  }

  const frames = async (count = 3): Promise<void> => {
    for (let n = 0; n < count; n++) await new Promise((resolve) => requestAnimationFrame(resolve));
  };

  async function scroll(to: number): Promise<void> {
    scrollTo({ top: to, behavior: 'instant' });
    await frames();
  }

  it('has a row for what can be seen, and says its place among all', async () => {
    await mountMany();
    assert.isBelow(rows().length, 80);
    assert.equal(rows()[0]!.ariaPosInSet, '1');
    assert.equal(rows()[0]!.ariaSetSize, String(MANY));
    assert.isAbove(list().scrollHeight, 40 * MANY);
    await scroll(document.documentElement.scrollHeight / 2);
    assert.isBelow(rows().length, 80);
    assert.isAbove(inSight().length, 5);
    for (const one of rows()) {
      const at = Number(one.ariaPosInSet) - 1;
      assert.equal(one.dataset['number'], mounted.store.list.value.tickets[at]!.number);
    }
    await scroll(document.documentElement.scrollHeight);
    assert.equal(rows().at(-1)!.ariaPosInSet, String(MANY));
  });

  for (const width of [360, 1000]) {
    it(`keeps what is read where it is while it is scrolled, at ${width} px`, async () => {
      await mountMany(MANY, { width });
      await scroll(30_000);
      for (let step = 0; step < 12; step++) {
        const before = inSight()[1]!;
        const { top } = before.getBoundingClientRect();
        // Upwards, where rows were never measured.
        scrollBy({ top: -150, behavior: 'instant' });
        await frames(2);
        const after = row(before.dataset['number']!)!;
        assert.closeTo(after.getBoundingClientRect().top, top + 150, 2);
      }
    });

    it(`leads to every row without a gap, at ${width} px`, async () => {
      await mountMany(400, { width });
      const seen = new Set<string>();
      for (let n = 0; n < 400 && seen.size < 400; n++) {
        for (const one of inSight()) seen.add(one.dataset['number']!);
        scrollBy({ top: 300, behavior: 'instant' });
        await frames(1);
        const [first, second] = inSight();
        if (first && second) {
          const gap = second.getBoundingClientRect().top - first.getBoundingClientRect().bottom;
          assert.closeTo(gap, 0, 1);
        }
      }
      assert.equal(seen.size, 400);
    });
  }

  it('moves by keys through all of them', async () => {
    await mountMany();
    deep(mounted.element, '[part=ticket-subject]')!.focus();
    await sendKeys({ press: 'End' });
    await until(() => focused()?.closest('li')?.ariaPosInSet === String(MANY), 'the focus on the last');
    await sendKeys({ press: 'ArrowUp' });
    await until(
      () => focused()?.closest('li')?.ariaPosInSet === String(MANY - 1),
      'the focus on the one before',
    );
    await frames();
    assert.include(inSight(), focused()!.closest('li'));
    await sendKeys({ press: 'Home' });
    await until(() => focused()?.closest('li')?.ariaPosInSet === '1', 'the focus on the first');
    for (let n = 2; n < 40; n++) {
      await sendKeys({ press: 'ArrowDown' });
      await until(() => focused()?.closest('li')?.ariaPosInSet === String(n), `the focus on number ${n}`);
    }
    assert.include(inSight(), focused()!.closest('li'));
  });

  it('keeps the row with the focus, and its neighbours, when it is scrolled away', async () => {
    await mountMany();
    const subject = rows()[3]!.querySelector<HTMLElement>('[part=ticket-subject]')!;
    subject.focus();
    await scroll(50_000);
    assert.equal(focused(), subject);
    assert.deepEqual(
      rows()
        .slice(0, 4)
        .map((one) => one.ariaPosInSet)
        .slice(0, 3),
      ['3', '4', '5'],
    );
    assert.isAbove(inSight().length, 5);
    await sendKeys({ press: 'Tab' });
    await until(() => focused()?.closest('li')?.ariaPosInSet === '5', 'the focus on the next');
    await frames();
    assert.include(inSight(), focused()!.closest('li'));
  });

  it('stays in place when tickets come in above, change or go', async () => {
    await mountMany();
    await scroll(40_000);
    const watched = inSight()[2]!;
    const number = watched.dataset['number']!;
    const { top } = watched.getBoundingClientRect();
    const before = mounted.store.list.value.tickets;
    setTickets([{ ...before[0]!, number: 'SUP-9001', subject: 'New' }, ...before]);
    await frames();
    assert.closeTo(row(number)!.getBoundingClientRect().top, top, 2);
    assert.equal(rows()[0]!.ariaSetSize, String(MANY + 1));
    setTickets(
      before.map((ticket) => (ticket.number === number ? { ...ticket, subject: 'Changed' } : ticket)),
    );
    await frames();
    assert.closeTo(row(number)!.getBoundingClientRect().top, top, 2);
    assert.include(textOf(row(number)!), 'Changed');
    setTickets(before.filter((_, n) => n !== 5));
    await frames();
    assert.closeTo(row(number)!.getBoundingClientRect().top, top, 2);
  });

  it('comes back from a ticket to where it was left', async () => {
    await mountMany();
    await scroll(60_000);
    const left = inSight()[4]!;
    const number = left.dataset['number']!;
    const { top } = left.getBoundingClientRect();
    left.querySelector<HTMLElement>('[part=ticket-subject]')!.focus({ preventScroll: true });
    await sendKeys({ press: 'Enter' });
    await until(() => !list().checkVisibility(), 'the list to be hidden');
    mounted.store.navigate({ view: 'list' });
    await until(() => focused()?.closest('li')?.dataset['number'] === number, 'the focus on its row');
    await frames();
    assert.closeTo(row(number)!.getBoundingClientRect().top, top, 3);
  });

  it('is whole again, without a trace, when it is short again', async () => {
    await mountMany();
    await scroll(20_000);
    setTickets(many(20));
    await until(() => rows().length === 20, 'the short list');
    assert.equal(list().style.cssText, '');
    for (const one of rows()) {
      assert.equal(one.style.cssText, '');
      assert.isFalse(one.hasAttribute('aria-setsize'));
    }
  });

  it('goes on with "Load more" over hundreds of tickets of a server', async () => {
    mounted = await mountSupport({
      user: 'agent',
      seed: async (server) => {
        const client = server.as('client');
        for (let n = 0; n < 13; n++)
          await Promise.all(Array.from({ length: 20 }, () => client.createTicket()));
      },
    });
    await until(() => rows().length === 25, 'the first page');
    const more = () =>
      deepAll<HTMLButtonElement>(mounted.element, 'button').find((one) => textOf(one) === 'Load more');
    for (let count = 25; count < 260; count += 25) {
      await until(() => more(), 'the button');
      more()!.click();
      await until(
        () => mounted.store.list.value.tickets.length === Math.min(260, count + 25),
        'the next page',
      );
      await until(() => mounted.store.list.value.status === 'ready', 'the end of loading');
    }
    await until(() => rows()[0]?.ariaSetSize === '260' || rows().at(-1)?.ariaSetSize === '260', 'the window');
    await until(
      () => focused()?.closest('li')?.ariaPosInSet === '251',
      'the focus on the first of the last page',
    );
    await frames();
    assert.isBelow(rows().length, 80);
    assert.include(inSight(), focused()!.closest('li'));
    assert.isUndefined(more());
  });
});
