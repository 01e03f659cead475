import { assert } from '@open-wc/testing';
import type { SupportLink } from './support-link.ts';
import { mountSupport, startServer, until, type Mounted, type TestServer } from './testing/fixture.ts';

/** What an admin switches reaches the pages that are open: no reload, and no minute of waiting. */
describe('the switches of the server', () => {
  let mounted: Mounted | undefined;
  let link: SupportLink | undefined;
  afterEach(async () => {
    link?.remove();
    await mounted?.cleanup();
    mounted = link = undefined;
  });

  async function change(server: TestServer, settings: Record<string, unknown>): Promise<void> {
    const now = await server.as('admin').send<object>('GET', '/settings');
    await server.as('admin').send('PUT', '/settings', { ...now, ...settings }, { 'if-match': '*' });
  }

  /** As when somebody comes back to the window; not twice in the same second. */
  const comeBack = async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    window.dispatchEvent(new Event('focus'));
  };
  const isReady = (): boolean => mounted!.element.ready;

  it('switch an open page off and on again, and it asks only whether it is so', async () => {
    mounted = await mountSupport();
    const { server, store, element } = mounted;
    await until(async () => (await server.openStreams()) === 1, 'the stream');
    await change(server, { enabled: false });
    await until(() => store.phase.value.name === 'off', 'off');
    assert.isNull(element.session);
    assert.equal(element.shadowRoot!.querySelector('.words'), null);
    const before = (await server.requests()).length;
    await comeBack();
    await until(async () => (await server.requests()).length > before, 'a question');
    assert.deepEqual((await server.requests()).slice(before), ['GET /api/center']);
    await change(server, { enabled: true });
    await comeBack();
    await until(isReady, 'on again');
  });

  it('send an open page elsewhere and back', async () => {
    mounted = await mountSupport();
    const { server, store } = mounted;
    await change(server, { supportUrl: 'https://help.example/' });
    await mounted.element.refresh();
    await until(() => store.phase.value.name === 'external', 'elsewhere');
    await change(server, { supportUrl: null });
    await comeBack();
    await until(isReady, 'back');
  });

  it('reach a page that was loaded while support was off, and a link without an element', async () => {
    mounted = await mountSupport({ settings: { enabled: false }, phase: 'off' });
    const { server } = mounted;
    const other = await startServer({ supportUrl: 'https://help.example/' });
    link = document.createElement('support-link');
    link.setAttribute('api-url', other.apiUrl);
    link.setAttribute('token-url', other.tokenUrl('client'));
    link.href = '/help';
    document.body.append(link);
    const target = (): string | null | undefined =>
      link!.shadowRoot?.querySelector('a')?.getAttribute('href');
    await until(() => target() === 'https://help.example/', 'the Support URL');
    await change(server, { enabled: true });
    await change(other, { supportUrl: null });
    await comeBack();
    await until(isReady, 'on');
    await until(() => target() === '/help', 'the page of the host');
    await change(other, { enabled: false });
    await until(() => getComputedStyle(link!).display === 'none', 'nothing');
    await other.close();
  });

  it('yield to the attributes, at once and both ways', async () => {
    mounted = await mountSupport();
    const { element, store } = mounted;
    element.setAttribute('support-url', 'https://help.example/');
    await until(() => element.shadowRoot!.querySelector('a[target=_blank]'), 'the link');
    element.removeAttribute('support-url');
    await until(isReady, 'the built-in system');
    element.setAttribute('disabled', '');
    await element.updateComplete;
    assert.equal(element.shadowRoot!.querySelector('.words'), null);
    assert.equal(store.phase.value.name, 'starting');
    element.removeAttribute('disabled');
    await until(isReady, 'on again');
  });
});
