import { assert } from '@open-wc/testing';
import { deepAll } from '../../testing/deep.ts';
import { mountSupport, until, type Mounted } from '../../testing/fixture.ts';

describe('<support-center-badge-bar>', () => {
  let mounted: Mounted;
  afterEach(() => mounted?.cleanup());

  const badges = () => deepAll<HTMLButtonElement>(mounted.element, '[part=badge]');
  const names = () => badges().map((badge) => badge.getAttribute('aria-label'));
  const pressed = () => badges().map((badge) => badge.getAttribute('aria-pressed'));
  const rows = () => deepAll(mounted.element, '[part=ticket-subject]').map((row) => row.textContent.trim());

  async function mountThree(): Promise<void> {
    mounted = await mountSupport({
      seed: async (server) => {
        await server.as('client').createTicket({ subject: 'Stays open', priority: 'high' });
        await server.as('client').createTicket({ subject: 'Open too' });
        const { number } = await server.as('client').createTicket({ subject: 'Is solved' });
        await server.as('agent').patch(number, { status: 'resolved' });
      },
    });
    await until(() => names()[0] === 'Open 2', 'the counts');
  }

  it('names each status with its count', async () => {
    await mountThree();
    assert.deepEqual(names(), ['Open 2', 'In Progress 0', 'Waiting User 0', 'Resolved 1', 'Closed 0']);
    assert.deepEqual(pressed(), Array(5).fill('false'));
  });

  it('narrows the list on a press and widens it on the next', async () => {
    await mountThree();
    badges()[3]!.click();
    await until(() => rows().join() === 'Is solved', 'the resolved ticket alone');
    assert.deepEqual(pressed(), ['false', 'false', 'false', 'true', 'false']);
    assert.equal(names()[0], 'Open 2', 'the counts leave the status out');
    badges()[3]!.click();
    await until(() => rows().length === 3, 'all tickets');
    assert.deepEqual(pressed(), Array(5).fill('false'));
  });

  it('counts what the other filters leave', async () => {
    await mountThree();
    mounted.store.setFilter({ priority: 'high' });
    await until(() => names()[0] === 'Open 1' && names()[3] === 'Resolved 0', 'the counts of high ones');
  });

  it('counts anew after a change', async () => {
    await mountThree();
    await mounted.store.createTicket(
      { subject: 'One more', category: 'general', priority: 'low', description: 'x' },
      'key-1',
    );
    await until(() => names()[0] === 'Open 3', 'the new ticket');
  });

  it('scrolls to the pressed badge where there is no room for all', async () => {
    mounted = await mountSupport({ width: 340, attributes: { status: 'closed' } });
    await until(() => pressed()[4] === 'true', 'the pressed badge');
    const badge = badges()[4]!;
    const bar = badge.parentElement!;
    await until(
      () => badge.getBoundingClientRect().right <= bar.getBoundingClientRect().right,
      'it in sight',
    );
  });
});
