import { assert } from '@open-wc/testing';
import { sendKeys, sendMouse } from '@web/test-runner-commands';
import { deep, deepAll, focused, textOf } from '../../testing/deep.ts';
import {
  mountSupport,
  until,
  type Mounted,
  type MountOptions,
  type TestServer,
} from '../../testing/fixture.ts';

describe('<support-center-ticket-list>', () => {
  let mounted: Mounted;
  afterEach(() => mounted?.cleanup());

  const rows = () => deepAll(mounted.element, '[part=ticket-card]');
  const subjects = () => deepAll<HTMLButtonElement>(mounted.element, '[part=ticket-subject]');
  const button = (name: string) =>
    deepAll<HTMLButtonElement>(mounted.element, 'button').find((one) => textOf(one) === name);

  async function mountWith(count: number, options: MountOptions = {}): Promise<void> {
    mounted = await mountSupport({ seed: (server) => createTickets(server, count), ...options });
    await until(() => rows().length === Math.min(count, 25), 'the tickets');
  }

  async function createTickets(server: TestServer, count: number): Promise<void> {
    for (let i = 1; i <= count; i++) await server.as('client').createTicket({ subject: `Ticket ${i}` });
  }

  it('shows a client what a card has', async () => {
    mounted = await mountSupport({
      seed: async (server) => {
        await server.as('client').createTicket({
          subject: 'Checkout is down',
          category: 'technical',
          priority: 'urgent',
          relatedApp: { id: 'shop', name: 'Web shop' },
        });
      },
    });
    const [row] = await until(() => (rows().length > 0 ? rows() : null), 'the ticket');
    const text = textOf(row!);
    for (const word of ['SUP-1001', 'Checkout is down', 'Technical', 'Urgent', 'Web shop', 'Open']) {
      assert.include(text, word);
    }
    const time = row!.querySelector('time')!;
    assert.match(time.title, /^Opened /);
    assert.isFalse(Number.isNaN(Date.parse(time.dateTime)));
    assert.isNull(row!.querySelector('.requester'));
    assert.isNull(row!.querySelector('.assignee'));
    assert.equal(deep(mounted.element, '[part=ticket-list]')!.getAttribute('aria-label'), 'Tickets');
  });

  it('shows agents also who asked and who answers', async () => {
    mounted = await mountSupport({
      user: 'agent',
      seed: async (server) => {
        const { number } = await server.as('client').createTicket();
        await server.as('client').createTicket();
        const { actor } = await server.as('agent').send<{ actor: { id: string } }>('GET', '/session');
        await server.as('agent').patch(number, { assigneeId: actor.id });
      },
    });
    await until(() => rows().length === 2, 'the tickets');
    const { name } = mounted.store.session.value!.actor;
    const [unassigned, assigned] = rows();
    assert.equal(textOf(unassigned!.querySelector('.assignee')), 'Unassigned');
    assert.include(textOf(assigned!.querySelector('.assignee')), `Assigned to ${name}`);
    assert.include(
      textOf(assigned!.querySelector('.requester')),
      mounted.store.list.value.tickets[0]!.requester.name,
    );
  });

  it('marks a ticket with a new reply in words', async () => {
    mounted = await mountSupport({
      seed: async (server) => {
        const { number } = await server.as('client').createTicket();
        await server.as('agent').reply(number, 'Have you tried again?');
      },
    });
    await until(() => rows().length === 1, 'the ticket');
    assert.include(textOf(rows()[0]!), 'New reply');
    assert.equal(textOf(subjects()[0]!), 'The dashboard is blank', 'its name is the subject alone');
  });

  it('moves between rows by arrow keys, Home and End, and opens on Enter', async () => {
    await mountWith(3);
    subjects()[0]!.focus();
    await sendKeys({ press: 'ArrowDown' });
    assert.equal(textOf(focused()), 'Ticket 2');
    await sendKeys({ press: 'End' });
    assert.equal(textOf(focused()), 'Ticket 1');
    await sendKeys({ press: 'ArrowDown' });
    assert.equal(textOf(focused()), 'Ticket 1', 'stays at the end');
    await sendKeys({ press: 'Home' });
    assert.equal(textOf(focused()), 'Ticket 3');
    await sendKeys({ press: 'Enter' });
    assert.deepEqual(mounted.store.route.value, { view: 'ticket', number: 'SUP-1003' });
  });

  it('opens by a click anywhere on the row, but not when text is selected', async () => {
    await mountWith(1);
    const box = rows()[0]!.getBoundingClientRect();
    const [x, y] = [Math.round(box.left + box.width / 2), Math.round(box.top + box.height / 2)];
    await sendMouse({ type: 'move', position: [x, y] });
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'move', position: [x + 80, y] });
    await sendMouse({ type: 'up' });
    assert.equal(mounted.store.route.value.view, 'list');
    await sendMouse({ type: 'click', position: [x, y] });
    assert.deepEqual(mounted.store.route.value, { view: 'ticket', number: 'SUP-1001' });
  });

  it('links to the ticket where the host routes by hash', async () => {
    await mountWith(1, { attributes: { routing: 'hash' } });
    const link = subjects()[0]! as Element as HTMLAnchorElement;
    assert.equal(link.localName, 'a');
    assert.equal(link.getAttribute('href'), '#support/tickets/SUP-1001');
    link.click();
    assert.deepEqual(mounted.store.route.value, { view: 'ticket', number: 'SUP-1001' });
    history.replaceState(null, '', location.pathname + location.search);
  });

  it('loads more, without doubles, and puts the focus on the first new row', async () => {
    await mountWith(27);
    const more = button('Load more')!;
    assert.include(textOf(more.parentElement), '25 of 27');
    more.focus();
    more.click();
    await until(() => rows().length === 27, 'all tickets');
    await until(() => textOf(focused()) === 'Ticket 2', 'the focus on the 26th');
    assert.equal(new Set(subjects().map(textOf)).size, 27);
    assert.isUndefined(button('Load more'));
  });

  it('keeps the rows when loading more fails, and tries again', async () => {
    await mountWith(26);
    await mounted.server.fault({ path: '^/api/tickets$', status: 500, times: 3 });
    button('Load more')!.click();
    const retry = await until(() => button('Try again'), 'a way to retry');
    assert.equal(rows().length, 25);
    const notice = retry.closest('[part=error]')!;
    assert.isTrue(
      Boolean(rows()[24]!.compareDocumentPosition(notice) & Node.DOCUMENT_POSITION_FOLLOWING),
      'below the rows, where the button was',
    );
    await mounted.server.clearFaults();
    retry.click();
    await until(() => rows().length === 26, 'the rest');
    assert.isNull(deep(mounted.element, 'support-center-ticket-list [part=error]'));
  });

  it('keeps the rows when renewing fails, says so, and recovers', async () => {
    await mountWith(2);
    await mounted.server.fault({
      path: '^/api/tickets$',
      status: 500,
      body: { code: 'internal', detail: '' },
      times: 3,
    });
    await mounted.store.refresh().catch(() => undefined);
    const retry = await until(() => button('Try again'), 'a way to retry');
    assert.equal(rows().length, 2);
    assert.include(textOf(retry.closest('[part=error]')), 'Something went wrong on our side.');
    await mounted.server.clearFaults();
    retry.click();
    await until(() => button('Try again') === undefined, 'the notice to go');
    assert.equal(rows().length, 2);
  });

  it('tells a client without tickets how to ask', async () => {
    mounted = await mountSupport();
    const ask = await until(() => button('Ask a question'), 'the way to ask');
    assert.include(textOf(ask.parentElement), 'No tickets yet. Ask us anything.');
    ask.click();
    assert.equal(mounted.store.route.value.view, 'new');
  });

  it("shows the host's own words when there is no ticket", async () => {
    mounted = await mountSupport({ html: '<p slot="empty" id="own">Nothing yet, dear customer.</p>' });
    await until(() => mounted.element.querySelector('#own')!.checkVisibility(), "the host's words");
    await until(() => button('Ask a question') === undefined, 'ours to give way');
  });

  it('tells nothing found apart from nothing there', async () => {
    await mountWith(1);
    mounted.store.setFilter({ q: 'unicorn' });
    const all = await until(() => button('Show all tickets'), 'the way back');
    assert.include(textOf(all.parentElement), 'No ticket matches.');
    all.click();
    await until(() => rows().length === 1, 'the ticket again');
  });
});
