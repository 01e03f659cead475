import { assert } from '@open-wc/testing';
import { faultLines } from './testing/axe.ts';
import { deep, deepAll, focused, textOf } from './testing/deep.ts';
import { button, type } from './testing/fields.ts';
import { mountSupport, until, type Mounted, type MountOptions, type TestServer } from './testing/fixture.ts';

/** The states that the tests of single views do not try themselves. */
describe('accessibility', () => {
  let mounted: Mounted;

  afterEach(async () => {
    document.body.style.removeProperty('background');
    await mounted.cleanup();
  });

  async function mount(options: MountOptions = {}): Promise<void> {
    mounted = await mountSupport(options);
  }

  const shown = <T extends Element = HTMLElement>(selector: string): Promise<T> =>
    until(() => deepAll<T>(mounted.element, selector).find((one) => one.checkVisibility()), selector);

  const headed = (words: string): Promise<unknown> =>
    until(() => deepAll(mounted.element, 'h3').some((one) => textOf(one).includes(words)), words);

  /** Transitions of colors are over, however slow the machine is. */
  async function settled(): Promise<void> {
    for (;;) {
      for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
      const roots = [mounted.element, ...deepAll(mounted.element, '*')].flatMap(
        ({ shadowRoot }) => shadowRoot ?? [],
      );
      const passing = roots
        .flatMap((root) => root.getAnimations())
        .filter(({ effect }) => Number.isFinite(Number(effect?.getComputedTiming().endTime)))
        .filter(({ playState }) => playState === 'running');
      if (passing.length === 0) return;
      await Promise.allSettled(passing.map(({ finished }) => finished));
    }
  }

  /** In both schemes: contrast is a matter of each. */
  async function holds(what: string): Promise<void> {
    for (const theme of ['light', 'dark'] as const) {
      mounted.element.theme = theme;
      document.body.style.background = theme === 'dark' ? '#16181c' : '#ffffff';
      await mounted.element.updateComplete;
      await settled();
      assert.deepEqual(await faultLines(mounted.element), [], `${what}, ${theme}`);
    }
  }

  async function seed(server: TestServer): Promise<void> {
    const tickets = ['low', 'normal', 'high', 'urgent', 'normal'] as const;
    const states = ['open', 'in_progress', 'waiting_user', 'resolved', 'closed'];
    for (const [index, priority] of tickets.entries()) {
      const { number } = await server.as('client').createTicket({ priority, subject: `Ticket ${index}` });
      if (index > 0) await server.as('agent').patch(number, { status: states[index] });
    }
  }

  for (const user of ['client', 'agent', 'admin'] as const) {
    it(`of the list holds for a ${user}, wide and narrow, with a filter set`, async () => {
      await mount({ user, seed });
      await shown('.card');
      await holds('wide');
      mounted.element.parentElement!.style.inlineSize = '320px';
      await holds('narrow');
      deep(mounted.element, '.fold')!.click();
      mounted.store.setFilter({ status: 'open' });
      await until(() => deepAll(mounted.element, '.card').length === 1, 'one ticket');
      await holds('filtered');
    });
  }

  it('of an empty list, of a search in vain and of a failure', async () => {
    await mount();
    await headed('No tickets yet');
    await holds('empty');
    type(deep<HTMLInputElement>(mounted.element, '[type=search]')!, 'zeppelin');
    await headed('No ticket matches');
    await holds('nothing found');
    await mounted.server.fault({ path: '^/api/tickets', status: 500, times: 20 });
    await mounted.element.refresh();
    await shown('[part~=error]');
    await holds('failed');
  });

  it('of the notices in place of the views', async () => {
    await mount({ attributes: { 'support-url': 'https://help.example.com/' }, phase: 'external' });
    await shown('a[target=_blank]');
    await holds('external');
    await mounted.cleanup();
    await mount({ attributes: { 'token-url': '/nowhere' }, phase: 'signed-out' });
    await shown('[part~=error]');
    await holds('signed out');
  });

  it('of what is said in passing: toasts, and that one is offline', async () => {
    await mount({ seed });
    mounted.store.online.set(false);
    for (const kind of ['success', 'info', 'error'] as const) {
      mounted.store.toast({ kind, text: `It was a ${kind}.`, action: { label: 'Undo', run() {} } });
    }
    await until(() => deepAll(mounted.element, '.toast').length === 3, 'the toasts');
    await holds('toasts');
  });

  it('of the launcher, closed and open: a dialog that keeps the focus and gives it back', async () => {
    await mount({ attributes: { layout: 'launcher' }, seed, phase: null });
    const launcher = await shown('[part~=launcher]');
    await holds('closed');
    launcher.focus();
    launcher.click();
    const panel = await shown('[part~=panel]');
    assert.isTrue(panel.closest('dialog')?.matches(':modal'), 'the page behind is out of reach');
    await until(
      () => mounted.element.contains(document.activeElement) && focused() !== launcher,
      'the focus',
    );
    await shown('.card');
    await holds('open');
    focused()!.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true, cancelable: true }),
    );
    await until(() => focused() === launcher, 'the focus back');
  });

  it('speaks of what happened: results, a reply that was sent, an error', async () => {
    await mount({ seed });
    const said: string[] = [];
    mounted.store.announcement.watch((now) => void (now && said.push(now)));
    const live = deep(mounted.element, '[aria-live=polite]')!;
    type(deep<HTMLInputElement>(mounted.element, '[type=search]')!, 'Ticket 3');
    await until(() => textOf(live) === '1 ticket', 'the result');
    mounted.store.navigate({ view: 'ticket', number: 'SUP-1001' });
    const composer = await until(
      () => deep(mounted.element, 'support-center-composer')?.shadowRoot?.querySelector('form'),
      'the composer',
    );
    const box = composer.querySelector('textarea')!;
    button(composer, 'Send reply').click();
    await until(() => box.getAttribute('aria-invalid') === 'true', 'the error');
    assert.equal(focused(), box);
    type(box, 'Here it is.');
    button(composer, 'Send reply').click();
    await until(() => textOf(live) === 'Your reply was sent.', 'the words');
    assert.isAtLeast(said.length, 3);
  });
});
