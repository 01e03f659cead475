import { assert } from '@open-wc/testing';
import { deep } from '../../testing/deep.ts';
import { mountSupport, until } from '../../testing/fixture.ts';

// In a file of its own: nothing that another test loads is here.
describe('a client in a thread', () => {
  it('loads nothing of what only agents see', async () => {
    let number = '';
    const mounted = await mountSupport({
      seed: async (server) => {
        ({ number } = await server.as('client').createTicket());
      },
    });
    mounted.store.navigate({ view: 'ticket', number });
    await until(() => deep(mounted.element, '.message .body'), 'the conversation');
    await until(() => deep(mounted.element, 'textarea'), 'the composer');
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
    assert.isNotEmpty(loaded.filter((name) => name.includes('thread-view')));
    assert.isEmpty(
      loaded.filter((name) =>
        /agent-(kit|side|columns)|presence|quarantine|ticket-controls|en-agent|admin-settings/.test(name),
      ),
    );
    await mounted.cleanup();
  });
});
