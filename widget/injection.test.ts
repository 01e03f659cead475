import { assert } from '@open-wc/testing';
import type { NewTicket } from '../server/contract/tickets.ts';
import { CORPORA } from '../server/abuse/corpora.ts';
import { deep, deepAll } from './testing/deep.ts';
import { mountSupport, until, type Mounted, type TestServer } from './testing/fixture.ts';

const TEXTS = Object.values(CORPORA)
  .flat()
  .filter((text) => text.isWellFormed() && !text.includes('\0') && text.trim() !== '');
/** What a browser would run, load or be led by, were it markup. */
const SUBJECTS = [...CORPORA.html, ...CORPORA.svg, ...CORPORA.markdown, ...CORPORA.css, ...CORPORA.url]
  .filter((text) => text.trim() !== '' && text.length <= 200)
  .slice(0, 25);
const NAME = '<img src=x onerror=alert(1)>"\'><script>alert(1)</script>';

describe('what people write', () => {
  let mounted: Mounted;
  let ran: string[];
  const onViolation = (event: SecurityPolicyViolationEvent): void => void ran.push(event.blockedURI);
  const alert = window.alert;

  beforeEach(() => {
    ran = [];
    window.alert = (message) => void ran.push(String(message));
    document.addEventListener('securitypolicyviolation', onViolation);
    performance.clearResourceTimings();
  });
  afterEach(async () => {
    await mounted.cleanup();
    window.alert = alert;
    document.removeEventListener('securitypolicyviolation', onViolation);
  });

  async function file(server: TestServer, input: Partial<NewTicket>): Promise<string> {
    const claims = { name: NAME };
    return (await server.as('client', claims).createTicket(input)).number;
  }

  /** Nothing that stands in the page came to be through somebody's text. */
  function expectInert(): void {
    const root = mounted.element.shadowRoot!;
    const all = deepAll<Element>(root, '*');
    assert.isAbove(all.length, 50);
    for (const element of all) {
      const what = element.outerHTML.slice(0, 200);
      assert.notInclude(
        [
          'script',
          'iframe',
          'object',
          'embed',
          'base',
          'meta',
          'link',
          'math',
          'animate',
          'foreignobject',
          'use',
        ],
        element.localName.toLowerCase(),
        what,
      );
      for (const { name, value } of element.attributes) {
        assert.isFalse(name.startsWith('on'), what);
        if (name === 'srcdoc' || name === 'formaction') assert.fail(what);
        if (name === 'style') assert.notMatch(value, /url|expression|evil/i, what);
      }
      if (element instanceof HTMLAnchorElement && element.hasAttribute('href')) {
        assert.include(['http:', 'https:', 'mailto:', 'blob:'], element.protocol, what);
        assert.equal(element.username + element.password, '', what);
        if (element.origin !== location.origin) assert.include(element.rel, 'noopener', what);
      }
      if (element instanceof HTMLImageElement) assert.match(element.src, /^blob:/, what);
    }
    const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name).host);
    assert.deepEqual(
      loaded.filter((host) => host !== location.host && host !== ''),
      [],
    );
    assert.deepEqual(ran, []);
    assert.isUndefined(({} as Record<string, unknown>)['role']);
  }

  for (const user of ['client', 'admin'] as const) {
    it(`is text in the list of ${user === 'client' ? 'a client' : 'an admin'}`, async () => {
      mounted = await mountSupport({
        user,
        claims: user === 'client' ? { name: NAME } : {},
        seed: async (server) => {
          for (const subject of SUBJECTS)
            await file(server, { subject, relatedApp: { id: 'x', name: NAME } });
        },
      });
      const root = mounted.element.shadowRoot!;
      await until(() => deepAll(root, '[part~="ticket-card"]').length === SUBJECTS.length, 'every card');
      const shown = deepAll(root, '[part~="ticket-subject"]').map((one) =>
        one.textContent.replace(/\s+/g, ' ').trim(),
      );
      const meant = SUBJECTS.map((subject) => subject.replace(/\s+/gu, ' ').trim());
      assert.sameMembers(shown, meant);
      expectInert();
    });

    it(`is text in the conversation that ${user === 'client' ? 'a client' : 'an admin'} reads`, async () => {
      let number = '';
      mounted = await mountSupport({
        user,
        seed: async (server) => {
          number = await file(server, {
            subject: SUBJECTS[1]!,
            description: TEXTS.slice(0, 40).join('\n\n'),
          });
          const rest = TEXTS.slice(40);
          for (let at = 0; at < rest.length; at += 20) {
            await server.as('agent', { name: NAME }).reply(number, rest.slice(at, at + 20).join('\n'));
          }
          await server.as('agent').reply(number, { body: TEXTS.join('\n\n'), internal: true });
        },
      });
      mounted.store.navigate({ view: 'ticket', number });
      const root = mounted.element.shadowRoot!;
      await until(() => deep(root, 'support-center-message'), 'a message');
      await until(
        () => (deep(root, 'support-center-message')?.shadowRoot?.textContent ?? '').includes('alert(1)'),
        'its text',
      );
      if (user === 'admin') await until(() => deep(root, 'support-center-ticket-controls'), 'the controls');
      expectInert();
    });
  }

  it('makes no Support URL that runs', async () => {
    const urls = [...CORPORA.url, ...CORPORA.html].filter((one) => !/^https?:/.test(one));
    for (const url of urls) {
      mounted = await mountSupport({ attributes: { 'support-url': url }, phase: null });
      await mounted.element.updateComplete;
      for (const link of deepAll<HTMLAnchorElement>(mounted.element, 'a[href]')) {
        assert.include(['http:', 'https:', 'mailto:', 'tel:'], link.protocol, url);
      }
      assert.deepEqual(ran, []);
      mounted.element.remove();
      if (url !== urls.at(-1)) await mounted.cleanup();
    }
  });
});
