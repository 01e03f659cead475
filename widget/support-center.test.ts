import { assert } from '@open-wc/testing';
import { mountSupport, until, type Mounted } from './testing/fixture.ts';

describe('<support-center>', () => {
  let mounted: Mounted | undefined;
  afterEach(async () => {
    await mounted?.cleanup();
    mounted = undefined;
  });

  it('shows the heading and the list of the client', async () => {
    mounted = await mountSupport({
      seed: async (server) => void (await server.as('client').createTicket({ subject: 'First' })),
    });
    const root = mounted.element.shadowRoot!;
    assert.equal(root.querySelector('h2')!.textContent, 'Support');
    const { store } = mounted;
    await until(() => store.list.value.tickets.length === 1, 'the ticket');
    assert.equal(mounted.element.session!.actor.id, 'client-1');
  });
});
