import { assert } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import 'axe-core/axe.min.js';
import type { AxeResults } from 'axe-core';
import { deep, deepAll, focused } from '../../testing/deep.ts';
import { mountSupport, until, type Mounted, type MountOptions } from '../../testing/fixture.ts';
import type { ListView } from './list-view.ts';

declare global {
  interface Window {
    axe: { run(context: Element): Promise<AxeResults> };
  }
}

describe('<support-center-list-view>', () => {
  let mounted: Mounted;
  afterEach(async () => {
    await mounted.cleanup();
    document.documentElement.style.colorScheme = '';
    document.documentElement.style.background = '';
  });

  const rows = () => deepAll(mounted.element, '[part=ticket-card]');
  const search = () => deep<HTMLInputElement>(mounted.element, 'input[type=search]')!;
  const view = () => deep<ListView>(mounted.element, 'support-center-list-view')!;

  async function mountTickets(options: MountOptions = {}): Promise<void> {
    mounted = await mountSupport({
      seed: async (server) => {
        const statuses = ['open', 'in_progress', 'waiting_user', 'resolved', 'closed'];
        const priorities = ['low', 'normal', 'high', 'urgent'] as const;
        for (const [i, status] of statuses.entries()) {
          const { number } = await server.as('client').createTicket({ priority: priorities[i % 4]! });
          if (status !== 'open') await server.as('agent').patch(number, { status });
        }
      },
      ...options,
    });
    await until(() => rows().length === 5, 'the tickets');
  }

  async function assertAccessible(): Promise<void> {
    const { violations } = await window.axe.run(mounted.element);
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
    assert.deepEqual(found, []);
  }

  it('puts `/` into the search from anywhere inside that is not a field', async () => {
    await mountTickets();
    deep(mounted.element, '[part=ticket-subject]')!.focus();
    await sendKeys({ press: '/' });
    assert.equal(focused(), search());
    assert.equal(search().value, '');
    await sendKeys({ press: '/' });
    assert.equal(search().value, '/', 'in a field it is a letter');
  });

  it('leaves `/` alone behind another view', async () => {
    await mountTickets();
    mounted.store.navigate({ view: 'new' });
    await until(() => !view().checkVisibility(), 'the list to be hidden');
    mounted.element.shadowRoot!.querySelector<HTMLElement>('.view:not([hidden])')?.focus();
    await sendKeys({ press: '/' });
    assert.notEqual(focused(), search());
  });

  it('puts the focus on the row of a ticket, when it is there', async () => {
    await mountTickets();
    assert.isTrue(await view().focusTicket('SUP-1002'));
    assert.equal(focused()!.closest('[data-number]')!.getAttribute('data-number'), 'SUP-1002');
    assert.isFalse(await view().focusTicket('SUP-9999'));
  });

  for (const user of ['client', 'admin'] as const) {
    for (const scheme of ['light', 'dark'] as const) {
      for (const width of [360, 1000]) {
        it(`has no accessibility violation for ${user}, ${scheme}, ${width} px`, async () => {
          document.documentElement.style.colorScheme = scheme;
          document.documentElement.style.background = scheme === 'dark' ? '#16181c' : '#fff';
          await mountTickets({ user, width });
          await assertAccessible();
          mounted.store.setFilter({ status: 'waiting_user', priority: 'high' });
          if (width === 360) deep<HTMLButtonElement>(mounted.element, '.fold')!.click();
          await until(() => rows().length === 1, 'the waiting ticket');
          await assertAccessible();
        });
      }
    }
  }

  it('has no accessibility violation when empty, nothing found or failed', async () => {
    mounted = await mountSupport();
    const panel = () => deep(mounted.element, 'support-center-ticket-list')!.shadowRoot!.querySelector('h3');
    await until(() => panel()?.textContent?.startsWith('No tickets yet'), 'the empty list');
    await assertAccessible();
    mounted.store.setFilter({ q: 'unicorn' });
    await until(() => panel()?.textContent === 'No ticket matches.', 'nothing found');
    await assertAccessible();
    await mounted.server.fault({ path: '^/api/tickets$', status: 500, times: 5 });
    mounted.store.setFilter({ q: 'dragon' });
    await until(() => panel()?.textContent === 'The tickets could not be loaded.', 'the failure');
    await assertAccessible();
  });
});
