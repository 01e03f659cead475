import { assert } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import 'axe-core/axe.min.js';
import type { SupportEventName } from './events.ts';
import type { SupportCenter } from './support-center.ts';
import { mountSupport, startServer, until, type Mounted, type MountOptions } from './testing/fixture.ts';
import { deepActive } from './deep-active.ts';

describe('<support-center>', () => {
  let mounted: Mounted | undefined;
  afterEach(async () => {
    await mounted?.cleanup();
    mounted = undefined;
  });

  async function mount(options: MountOptions = {}): Promise<SupportCenter> {
    mounted = await mountSupport(options);
    return mounted.element;
  }

  const seedOne: MountOptions['seed'] = async (server) => {
    await server.as('client').createTicket({ subject: 'First' });
  };

  function find(element: SupportCenter, selector: string): HTMLElement | null {
    return element.shadowRoot!.querySelector<HTMLElement>(selector);
  }
  const focused = (): HTMLElement | null => deepActive(document);
  const button = (element: SupportCenter, name: string): HTMLElement =>
    [...element.shadowRoot!.querySelectorAll('button')].find((one) => one.textContent?.trim() === name)!;
  const heading = (): string | undefined => focused()?.closest('h1, h2, h3')?.textContent?.trim();

  /** What was asked of the tickets; live news are another matter. */
  const asked = async (): Promise<string[]> =>
    (await mounted!.server.requests()).filter((request) => request.startsWith('GET /api/tickets'));

  function listen(element: SupportCenter, ...names: SupportEventName[]): string[] {
    const heard: string[] = [];
    for (const name of names) element.addEventListener(name, () => heard.push(name));
    return heard;
  }

  describe('what is shown', () => {
    it('is the title, the list and the way to a new ticket', async () => {
      const element = await mount({ seed: seedOne });
      assert.equal(find(element, 'h2')!.textContent, 'Support');
      assert.exists(button(element, 'Create Ticket'));
      assert.notExists(button(element, 'Settings'), 'a client has none');
      assert.equal(element.session!.actor.id, 'client-1');
      assert.equal(element.counts!.open, 1);
      assert.isTrue(element.ready);
      await assertNoAxe(element);
    });

    it('has settings for admins', async () => {
      const element = await mount({ user: 'admin' });
      button(element, 'Settings').click();
      await until(() => find(element, 'support-center-admin-settings'), 'the settings');
    });

    it('is the fallback until it is ready', async () => {
      const element = await mount({
        html: '<p>Write to us</p>',
        phase: 'starting',
        properties: { getToken: () => new Promise<string>(() => undefined) },
      });
      await element.updateComplete;
      const slot = element.shadowRoot!.querySelector<HTMLSlotElement>('slot:not([name])')!;
      assert.equal(slot.assignedElements()[0]?.textContent, 'Write to us');
    });

    it('is the list without its tickets, out of reach, until it is ready', async () => {
      const element = await mount({
        html: '\n  ',
        phase: 'starting',
        properties: { getToken: () => new Promise<string>(() => undefined) },
      });
      await element.updateComplete;
      const view = find(element, '.view')!;
      assert.isTrue(view.inert);
      assert.include(element.shadowRoot!.textContent, 'Loading support');
      await assertNoAxe(element);
    });

    it('is nothing while disabled, and no request is made', async () => {
      const element = await mount({ attributes: { disabled: '' }, phase: null });
      await element.updateComplete;
      assert.equal(element.shadowRoot!.children.length, 0);
      assert.equal(getComputedStyle(element).display, 'none');
      assert.lengthOf(await mounted!.server.requests(), 0);
      element.disabled = false;
      await until(() => element.ready, 'the switch on');
      element.disabled = true;
      await element.updateComplete;
      assert.equal(element.shadowRoot!.children.length, 0);
      assert.isNull(element.session);
    });

    it('is nothing for a client of a center that is switched off', async () => {
      const element = await mount({ settings: { enabled: false }, phase: 'off' });
      await element.updateComplete;
      assert.equal(element.shadowRoot!.children.length, 0);
    });

    it('is a link to the Support URL in a new tab', async () => {
      const element = await mount({
        attributes: { 'support-url': 'https://help.example/' },
        phase: 'external',
      });
      await element.updateComplete;
      const link = find(element, 'a') as HTMLAnchorElement;
      assert.equal(link.href, 'https://help.example/');
      assert.equal(link.target, '_blank');
      assert.equal(link.rel, 'noopener');
      assert.lengthOf(await mounted!.server.requests(), 0);
      await assertNoAxe(element);
      element.supportUrl = null;
      await until(() => element.ready, 'the built-in system');
    });

    it('never makes a link of a Support URL that runs code', async () => {
      const element = await mount({ attributes: { 'support-url': 'javascript:alert(1)' }, phase: null });
      await until(() => element.ready, 'the built-in system');
      assert.notExists(find(element, 'a[href^="javascript"]'));
    });

    it('says why it failed, and starts over', async () => {
      const server = await startServer();
      const element = await mount({
        phase: 'failed',
        attributes: { 'api-url': `${server.apiUrl}/nowhere` },
      });
      await element.updateComplete;
      assert.include(find(element, '[role=alert]')!.textContent, 'Support could not be loaded.');
      await assertNoAxe(element);
      element.apiUrl = mounted!.server.apiUrl;
      await until(() => element.ready, 'the other server');
      await server.close();
    });

    it('says that nobody is signed in, and tries again', async () => {
      let token: string | null = null;
      const element = await mount({
        phase: 'signed-out',
        properties: { getToken: () => token ?? Promise.reject(new Error('no')) },
      });
      await element.updateComplete;
      token = await (await fetch(`${mounted!.server.tokenUrl('client')}&text`)).text();
      button(element, 'Try again').click();
      await until(() => element.ready, 'the second try');
    });

    it('has slots above and below every view', async () => {
      const element = await mount({ html: '<p slot="header">Hours</p><p slot="footer">Imprint</p>' });
      for (const name of ['header', 'footer']) {
        const slot = element.shadowRoot!.querySelector<HTMLSlotElement>(`slot[name=${name}]`)!;
        assert.lengthOf(slot.assignedElements(), 1);
      }
    });

    it('tells of the network when it goes and comes', async () => {
      const element = await mount();
      mounted!.store.online.set(false);
      await element.updateComplete;
      assert.include(find(element, '.offline')!.textContent, 'You are offline.');
      await assertNoAxe(element);
      window.dispatchEvent(new Event('online'));
      await until(() => !find(element, '.offline'), 'the end of the notice');
      await until(
        () => find(element, '[aria-live]')!.textContent === 'You are back online.',
        'the announcement',
      );
    });

    it('speaks the words of the host', async () => {
      const element = await mount({ properties: { messages: { 'app.title': 'Help desk' } } });
      assert.equal(find(element, 'h2')!.textContent, 'Help desk');
      element.messages = {};
      await element.updateComplete;
      assert.equal(find(element, 'h2')!.textContent, 'Support');
    });
  });

  describe('where it starts', () => {
    it('is the ticket, the form or the badge that the attributes name', async () => {
      const element = await mount({ seed: seedOne, attributes: { view: 'ticket', ticket: 'SUP-1001' } });
      await until(() => find(element, 'support-center-thread-view'), 'the ticket');
      element.view = 'new';
      await until(() => find(element, 'support-center-ticket-form'), 'the form');
      // The ticket is still named, and still not where `view` leads.
      element.view = 'list';
      await element.updateComplete;
      assert.deepEqual(mounted!.store.route.value, { view: 'list' });
      element.view = 'ticket';
      await element.updateComplete;
      assert.deepEqual(mounted!.store.route.value, { view: 'ticket', number: 'SUP-1001' });
      await mounted!.cleanup();
      const narrowed = await mount({ seed: seedOne, attributes: { status: 'closed' } });
      assert.equal(mounted!.store.filter.value.status, 'closed');
      assert.isEmpty(mounted!.store.list.value.tickets);
      assert.lengthOf(await asked(), 1);
      narrowed.status = 'open';
      await until(() => mounted!.store.list.value.tickets.length === 1, 'the other badge');
    });

    it('takes no focus from the page', async () => {
      const field = document.createElement('input');
      document.body.append(field);
      field.focus();
      const element = await mount({ seed: seedOne, attributes: { ticket: 'SUP-1001' } });
      await until(() => find(element, 'support-center-thread-view'), 'the ticket');
      await until(() => mounted!.store.thread.value?.status === 'ready', 'the thread');
      await element.updateComplete;
      assert.equal(document.activeElement, field);
      field.remove();
    });
  });

  describe('methods and events', () => {
    it('navigate, and say so', async () => {
      const element = await mount({ seed: seedOne });
      const seen: unknown[] = [];
      document.body.addEventListener('support-navigate', (event) => seen.push(event.detail), { once: false });
      element.newTicket({ subject: 'Prefilled' });
      element.openTicket('SUP-1001');
      element.showList({ status: 'open' });
      assert.deepEqual(seen, [
        { view: 'new', ticket: null },
        { view: 'ticket', ticket: 'SUP-1001' },
        { view: 'list', ticket: null },
      ]);
      assert.equal(mounted!.store.filter.value.status, 'open');
    });

    it('fills the form from ticketDefaults, related-app and the call', async () => {
      const element = await mount({
        attributes: { 'related-app': 'site-eu' },
        properties: {
          relatedApps: [{ id: 'site-eu', name: 'EU site' }],
          ticketDefaults: { category: 'billing', subject: 'From the page' },
        },
      });
      element.newTicket({ subject: 'From the call' });
      const route = mounted!.store.route.value;
      assert.deepEqual(route, {
        view: 'new',
        defaults: { category: 'billing', subject: 'From the call', relatedApp: 'site-eu' },
      });
      assert.deepEqual(mounted!.store.relatedApps.value, [{ id: 'site-eu', name: 'EU site' }]);
    });

    it('fills the form from ticketDefaults that were set in the same breath', async () => {
      const element = await mount();
      element.ticketDefaults = { subject: 'Just set' };
      element.newTicket();
      const form = await until(() => find(element, 'support-center-ticket-form'), 'the form');
      const input = await until(() => form.shadowRoot?.querySelector('input'), 'the subject');
      await until(() => input.value === 'Just set', 'the default');
    });

    it('shows the list to those who may not see the settings', async () => {
      const element = await mount({ attributes: { view: 'settings' } });
      const { route } = mounted!.store;
      await until(() => route.value.view === 'list', 'the list instead');
      element.view = 'new';
      await until(() => route.value.view === 'new', 'the form');
      element.view = 'settings';
      await until(() => route.value.view === 'list', 'the list again');
    });

    it('tell of the session, the counts and what is unread', async () => {
      const server = await startServer();
      const { number } = await server.as('client').createTicket();
      await server.as('agent').reply(number, 'Hello');
      const element = document.createElement('support-center');
      element.setAttribute('api-url', server.apiUrl);
      element.setAttribute('token-url', server.tokenUrl('client'));
      const heard = listen(element, 'support-ready', 'support-counts-change', 'support-unread-change');
      document.body.append(element);
      await until(() => element.ready, 'ready');
      assert.sameMembers(heard, ['support-counts-change', 'support-unread-change', 'support-ready']);
      assert.equal(heard.at(-1), 'support-ready');
      await element.refresh();
      assert.lengthOf(heard, 3, 'what stays the same is no event');
      element.remove();
      await server.close();
    });

    it('log out for good, until they are told to start over', async () => {
      const element = await mount({ seed: seedOne });
      element.logout();
      await element.updateComplete;
      assert.isNull(element.session);
      assert.notInclude(element.shadowRoot!.textContent, 'First');
      assert.include(element.shadowRoot!.textContent, 'You are signed out');
      await element.refresh();
      assert.isTrue(element.ready);
    });
  });

  describe('life in the page', () => {
    it('goes on when it is moved', async () => {
      const element = await mount({ seed: seedOne });
      const before = (await asked()).length;
      const elsewhere = document.createElement('div');
      document.body.append(elsewhere);
      elsewhere.append(element);
      await element.updateComplete;
      assert.isTrue(element.ready);
      assert.lengthOf(await asked(), before);
      elsewhere.remove();
    });

    it('starts again where it was left when it comes back', async () => {
      const element = await mount({ seed: seedOne });
      element.openTicket('SUP-1001');
      const parent = element.parentElement!;
      element.remove();
      await Promise.resolve();
      assert.isNull(element.session);
      parent.append(element);
      await until(() => element.ready, 'the second life');
      await until(() => find(element, 'support-center-thread-view'), 'the ticket');
    });

    it('takes properties that were set before it was defined', async () => {
      // As a page does whose script comes late: upgraded by a parser in a document of its own.
      const element = document.createElement('support-center');
      element.disabled = true;
      assert.isTrue(element.disabled);
      assert.isFalse(element.hasAttribute('theme'), 'a default is no attribute');
    });
  });

  describe('focus and keys', () => {
    it('goes to the heading of the next view, and back to the row it came from', async () => {
      const element = await mount({ seed: seedOne });
      const list = await until(
        () =>
          find(element, 'support-center-list-view')!.shadowRoot!.querySelector('support-center-ticket-list'),
        'the list',
      );
      const row = await until(() => list.shadowRoot!.querySelector<HTMLElement>('.subject'), 'the row');
      row.focus();
      await sendKeys({ press: 'Enter' });
      await until(() => heading()?.includes('First'), 'the focus on the heading');
      await sendKeys({ press: 'Escape' });
      await until(() => focused() === row, 'the focus on the row');
      assert.isFalse(find(element, '.view')!.hidden);
    });

    it('comes back to the button that opened the form', async () => {
      const element = await mount();
      button(element, 'Create Ticket').focus();
      await sendKeys({ press: 'Enter' });
      await until(() => find(element, 'support-center-ticket-form') && heading(), 'the heading of the form');
      await sendKeys({ press: 'Escape' });
      await until(() => focused() === button(element, 'Create Ticket'), 'the button');
    });

    it('keeps what is typed from the hotkeys of the host', async () => {
      const element = await mount();
      const heard: string[] = [];
      const hotkeys = (event: KeyboardEvent): void => void heard.push(`${event.type} ${event.key}`);
      for (const type of ['keydown', 'keypress', 'keyup'] as const) document.addEventListener(type, hotkeys);
      button(element, 'Create Ticket').focus();
      await sendKeys({ press: 'c' });
      assert.include(heard, 'keydown c', 'a key on a button is the host’s as well');
      heard.length = 0;
      element.newTicket();
      const form = await until(() => find(element, 'support-center-ticket-form'), 'the form');
      const field = await until(() => form.shadowRoot!.querySelector<HTMLInputElement>('input'), 'the field');
      field.focus();
      await sendKeys({ type: 'cg' });
      assert.equal(field.value, 'cg');
      assert.isEmpty(heard);
      for (const type of ['keydown', 'keypress', 'keyup'] as const)
        document.removeEventListener(type, hotkeys);
    });

    it('leaves what is typed by the first Escape, the view by the second', async () => {
      const element = await mount();
      element.newTicket();
      const form = await until(() => find(element, 'support-center-ticket-form'), 'the form');
      const field = await until(() => form.shadowRoot!.querySelector<HTMLInputElement>('input'), 'the field');
      field.focus();
      await sendKeys({ type: 'Half a subject' });
      await sendKeys({ press: 'Escape' });
      assert.equal(mounted!.store.route.value.view, 'new');
      await sendKeys({ press: 'Escape' });
      assert.equal(mounted!.store.route.value.view, 'list');
    });
  });

  describe('routing="hash"', () => {
    const before = location.href;
    afterEach(() => history.replaceState(null, '', before));

    it('follows deep links and the back button', async () => {
      history.replaceState(null, '', '#support/tickets/SUP-1001');
      const element = await mount({ seed: seedOne, attributes: { routing: 'hash' } });
      await until(() => find(element, 'support-center-thread-view'), 'the ticket');
      element.showList();
      assert.equal(location.hash, '#support');
      history.back();
      await until(() => mounted!.store.route.value.view === 'ticket', 'the way back');
      assert.equal(mounted!.store.ticketHref?.('SUP-1001'), '#support/tickets/SUP-1001');
    });
  });

  describe('layout="launcher"', () => {
    it('is a button that opens a panel and gets the focus back', async () => {
      const element = await mount({ seed: seedOne, attributes: { layout: 'launcher' }, phase: null });
      const heard = listen(element, 'support-open', 'support-close');
      const launcher = await until(
        () => find(element, 'support-center-launcher')?.shadowRoot,
        'the launcher',
      );
      const trigger = await until(() => launcher.querySelector<HTMLElement>('.launcher'), 'the button');
      await until(() => element.ready, 'ready');
      assert.notExists(find(element, 'support-center-list-view'));
      trigger.click();
      await until(() => heading() === 'Support', 'the focus in the panel');
      await assertNoAxe(element);
      await sendKeys({ press: 'Escape' });
      await until(() => focused() === trigger, 'the focus on the button');
      assert.deepEqual(heard, ['support-open', 'support-close']);
    });
  });

  async function assertNoAxe(element: SupportCenter): Promise<void> {
    const { axe } = window as unknown as {
      axe: {
        run(node: Element, options: object): Promise<{ violations: Array<{ id: string; help: string }> }>;
      };
    };
    const { violations } = await axe.run(element, { resultTypes: ['violations'] });
    assert.deepEqual(
      violations.map(({ id, help }) => `${id}: ${help}`),
      [],
    );
  }
});
