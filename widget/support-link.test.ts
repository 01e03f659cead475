import { assert } from '@open-wc/testing';
import type { SupportLink } from './support-link.ts';
import { mountSupport, startServer, until, type Mounted, type TestServer } from './testing/fixture.ts';

describe('<support-link>', () => {
  let server: TestServer;
  let link: SupportLink | undefined;
  let mounted: Mounted | undefined;

  before(async () => {
    await customElements.whenDefined('support-link');
  });
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(async () => {
    link?.remove();
    await mounted?.cleanup();
    mounted = undefined;
    await server.close();
  });

  async function add(attributes: Record<string, string>): Promise<SupportLink> {
    link = document.createElement('support-link');
    for (const [name, value] of Object.entries(attributes)) link.setAttribute(name, value);
    document.body.append(link);
    await link.updateComplete;
    return link;
  }

  const anchor = (from: SupportLink): HTMLAnchorElement | null => from.shadowRoot!.querySelector('a');

  async function change(settings: Record<string, unknown>): Promise<void> {
    const now = await server.as('admin').send<object>('GET', '/settings');
    await server.as('admin').send('PUT', '/settings', { ...now, ...settings }, { 'if-match': '*' });
  }

  it('leads to its href and counts what is unread', async () => {
    const { number } = await server.as('client').createTicket();
    await server.as('agent').reply(number, 'Hello');
    const made = await add({
      href: '/help',
      'api-url': server.apiUrl,
      'token-url': server.tokenUrl('client'),
    });
    const count = await until(() => made.shadowRoot!.querySelector('[part=count]'), 'the count');
    assert.equal(count.textContent, '1');
    assert.equal(anchor(made)!.getAttribute('href'), '/help');
    assert.include(anchor(made)!.textContent, '1 unread ticket');
    assert.equal(anchor(made)!.target, '');
  });

  it('without a token knows the switch and the Support URL', async () => {
    await change({ supportUrl: 'https://help.example/' });
    const made = await add({ href: '/help', 'api-url': server.apiUrl });
    await until(() => anchor(made)?.href === 'https://help.example/', 'the Support URL');
    assert.equal(anchor(made)!.target, '_blank');
  });

  it('is hidden while support is switched off', async () => {
    await change({ enabled: false });
    const made = await add({ href: '/help', 'api-url': server.apiUrl });
    await until(() => getComputedStyle(made).display === 'none', 'nothing');
    assert.isNull(anchor(made));
  });

  it('leads agents to their desk, whatever the clients get', async () => {
    await change({ enabled: false, supportUrl: 'https://help.example/' });
    const made = await add({
      href: '/desk',
      'api-url': server.apiUrl,
      'token-url': server.tokenUrl('agent'),
    });
    await until(async () => (await server.requests()).length > 0, 'its request');
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(anchor(made)!.getAttribute('href'), '/desk');
  });

  it('is nothing when disabled, and asks nobody', async () => {
    const made = await add({ disabled: '', 'api-url': server.apiUrl });
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.isNull(anchor(made));
    assert.lengthOf(await server.requests(), 0);
  });

  it('shares what an element of the same server knows, without asking', async () => {
    mounted = await mountSupport({
      seed: async (its) => {
        const { number } = await its.as('client').createTicket();
        await its.as('agent').reply(number, 'Hello');
      },
    });
    const before = await mounted.server.requests();
    const made = await add({ href: '/help', 'api-url': mounted.server.apiUrl });
    await until(() => made.shadowRoot!.querySelector('[part=count]'), 'the count');
    mounted.store.navigate({ view: 'ticket', number: 'SUP-1001' });
    await until(() => !made.shadowRoot!.querySelector('[part=count]'), 'no count');
    const asked = (await mounted.server.requests()).slice(before.length);
    assert.isEmpty(asked.filter((request) => request.includes('limit=1&')));
    mounted.element.logout();
    await made.updateComplete;
    assert.exists(anchor(made));
  });

  it('goes on by itself when the element leaves', async () => {
    mounted = await mountSupport();
    const made = await add({ href: '/help', 'api-url': mounted.server.apiUrl });
    await new Promise((resolve) => setTimeout(resolve, 50));
    mounted.element.remove();
    const { requests } = mounted.server;
    await until(async () => (await requests()).some((one) => one.includes('limit=1&')), 'its own request');
    assert.exists(anchor(made));
  });
});
