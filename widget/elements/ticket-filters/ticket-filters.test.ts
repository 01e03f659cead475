import { assert } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { deep, deepAll, focused, textOf } from '../../testing/deep.ts';
import { mountSupport, until, type Mounted, type MountOptions } from '../../testing/fixture.ts';
import { NO_FILTER } from '../../state.ts';
import { isNarrowed, totalOf } from './narrowed.ts';

describe('<support-center-ticket-filters>', () => {
  let mounted: Mounted;
  afterEach(() => mounted?.cleanup());

  const search = () => deep<HTMLInputElement>(mounted.element, 'input[type=search]')!;
  const select = (id: string) => deep<HTMLSelectElement>(mounted.element, `select#${id}`);
  const rows = () => deepAll(mounted.element, '[part=ticket-subject]').map((row) => row.textContent.trim());
  const results = () => textOf(deep(mounted.element, '.results'));
  const clear = () => deep<HTMLButtonElement>(mounted.element, '.clear');

  async function mountTickets(options: MountOptions = {}): Promise<void> {
    mounted = await mountSupport({
      seed: async (server) => {
        const client = server.as('client');
        await client.createTicket({ subject: 'Invoice is wrong', category: 'billing', priority: 'low' });
        await client.createTicket({ subject: 'Login fails', category: 'account', priority: 'urgent' });
        await client.createTicket({ subject: 'Login is slow', category: 'technical', priority: 'high' });
      },
      ...options,
    });
    await until(() => rows().length === 3, 'three tickets');
  }

  function choose(id: string, value: string): void {
    const field = select(id)!;
    field.value = value;
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }

  it('searches as one types, by words and by number', async () => {
    await mountTickets();
    search().focus();
    await sendKeys({ type: 'login' });
    await until(() => rows().length === 2, 'the two about login');
    assert.equal(results(), '2 tickets');
    search().value = '';
    search().dispatchEvent(new Event('input'));
    await until(() => rows().length === 3, 'all again');
    await sendKeys({ type: '#1001' });
    await until(() => rows().join() === 'Invoice is wrong', 'the first ticket');
  });

  it('combines priority, category and search, and clears all at once', async () => {
    await mountTickets();
    choose('category', 'account');
    await until(() => rows().join() === 'Login fails', 'the account ticket');
    choose('priority', 'high');
    await until(() => rows().length === 0 && results() === '0 tickets', 'nothing');
    clear()!.click();
    await until(() => rows().length === 3, 'all tickets');
    assert.equal(select('category')!.value, '');
    assert.equal(select('priority')!.value, '');
    assert.equal(focused(), search(), 'the button is gone, the focus is not');
    await until(() => clear() === null, 'no button without filters');
  });

  it('orders by priority', async () => {
    await mountTickets();
    assert.equal(rows()[0], 'Login is slow', 'newest first');
    choose('sort', 'priority');
    await until(() => rows()[0] === 'Login fails', 'the urgent one first');
    assert.isNull(clear(), 'an order hides nothing');
  });

  it('empties the field on Escape, and the host hears nothing of it', async () => {
    await mountTickets();
    let heard = 0;
    const listener = () => (heard += 1);
    document.addEventListener('keydown', listener);
    search().focus();
    await sendKeys({ type: 'login' });
    await until(() => rows().length === 2, 'the two about login');
    await sendKeys({ press: 'Escape' });
    document.removeEventListener('keydown', listener);
    await until(() => rows().length === 3 && search().value === '', 'all again');
    assert.equal(heard, 0);
  });

  it('keeps what is typed while other filters change', async () => {
    await mountTickets();
    search().focus();
    await sendKeys({ type: 'login' });
    choose('priority', 'urgent');
    await until(() => rows().join() === 'Login fails', 'both filters');
    assert.equal(search().value, 'login');
  });

  it('says how many tickets were found once the typing has settled', async () => {
    await mountTickets();
    search().focus();
    await sendKeys({ type: 'invoice' });
    await until(() => mounted.store.announcement.value === '1 ticket', 'the announcement');
    choose('priority', 'urgent');
    await until(() => mounted.store.announcement.value === 'No ticket matches.', 'the next one');
  });

  it('lets agents filter by assignee, and nobody else', async () => {
    await mountTickets();
    assert.isNull(select('assignee'));
    await mounted.cleanup();
    await mountTickets({ user: 'agent' });
    await until(() => select('assignee'), 'the field');
    const [first] = mounted.store.list.value.tickets;
    const me = mounted.store.session.value!.actor.id;
    await mounted.server.as('agent').patch(first!.number, { assigneeId: me });
    choose('assignee', 'me');
    await until(() => rows().join() === first!.subject, 'mine');
    choose('assignee', 'none');
    await until(() => rows().length === 2, 'those of nobody');
  });

  it('folds the filters away on a narrow page and counts the active ones', async () => {
    await mountTickets({ width: 360 });
    const fold = deep<HTMLButtonElement>(mounted.element, '.fold')!;
    assert.equal(textOf(fold), 'Filters');
    assert.equal(fold.getAttribute('aria-expanded'), 'false');
    assert.isFalse(select('priority')!.checkVisibility());
    fold.click();
    await until(() => select('priority')!.checkVisibility(), 'the filters');
    choose('priority', 'high');
    await until(() => textOf(fold) === 'Filters (1)', 'the count');
  });
});

describe('what a filter leaves', () => {
  const counts = { open: 1, in_progress: 2, waiting_user: 3, resolved: 4, closed: 5 };

  it('is all, or one status', () => {
    assert.equal(totalOf(counts, null), 15);
    assert.equal(totalOf(counts, 'resolved'), 4);
    assert.isNull(totalOf(null, null));
  });

  it('is everything under an order or a blank search', () => {
    assert.isFalse(isNarrowed({ ...NO_FILTER, sort: 'oldest', q: '  ' }));
    assert.isTrue(isNarrowed({ ...NO_FILTER, q: 'a' }));
    assert.isTrue(isNarrowed({ ...NO_FILTER, assignee: 'none' }));
  });
});
