import { assert } from '@open-wc/testing';
import type { QuarantinePage } from '../../../server/contract/mail.ts';
import { accessibilityFaults } from '../../testing/axe.ts';
import { deep, deepAll, focused, textOf } from '../../testing/deep.ts';
import { button } from '../../testing/fields.ts';
import { mountSupport, until, type Mounted, type MountOptions } from '../../testing/fixture.ts';

/** A mail of somebody whom nobody knows, with everything in order. */
const STRANGER = {
  from: 'Nina New <nina@elsewhere.example>',
  to: 'support@example.com',
  subject: 'A question',
  text: 'Hello, do you have time for me?',
};

describe('The quarantine', () => {
  let mounted: Mounted;
  let number = '';

  afterEach(async () => {
    await mounted.cleanup();
  });

  async function mount(subjects: readonly string[], options: MountOptions = {}): Promise<void> {
    mounted = await mountSupport({
      user: 'agent',
      mail: true,
      ...options,
      seed: async (server) => {
        ({ number } = await server.as('client').createTicket());
        for (const subject of subjects) await server.receive({ ...STRANGER, subject });
      },
    });
  }
  const root = (): ShadowRoot => mounted.element.shadowRoot!;
  const entry = (): HTMLElement | null =>
    deep(root(), 'support-center-quarantine-link')?.shadowRoot?.querySelector('button') ?? null;
  const view = (): ShadowRoot | null => root().querySelector('support-center-quarantine')?.shadowRoot ?? null;
  const subjects = (): string[] => deepAll(root(), 'li.mail h3').map(textOf);
  const mails = (): Element[] => deepAll(root(), 'li.mail');
  const dialog = (): HTMLElement => deep(root(), 'dialog[open]')!;
  const toast = (): string | undefined => mounted.store.toasts.value.at(-1)?.text;

  async function open(count: number): Promise<void> {
    (await until(entry, 'the way in')).click();
    await until(() => view() && mails().length === count, `${count} mails`);
  }
  async function ask(mail: Element, name: string): Promise<void> {
    button(mail, name).click();
    await until(dialog, 'the question');
  }

  it('is reached from the list while there is something in it, by its name and number', async () => {
    await mount(['One', 'Two']);
    await until(entry, 'the way in');
    assert.equal(entry()!.getAttribute('aria-label'), 'Quarantine 2');
    await open(2);
    assert.deepEqual(subjects(), ['Two', 'One']);
    assert.equal(deep(root(), '.mails')!.getAttribute('aria-label'), 'Quarantined mails');
    const said = textOf(mails()[0]!);
    for (const words of [
      'Nina New',
      'nina@elsewhere.example',
      'Sender verified',
      'The sender is not known here.',
    ])
      assert.include(said, words);
    assert.include(said, STRANGER.text);
    await until(() => focused()?.id === 'title', 'the focus on the heading');
    assert.isEmpty(await accessibilityFaults(mounted.element));
  });

  it('says nothing of itself while it is empty, and fills as mails come', async () => {
    await mount([]);
    await until(() => mounted.store.quarantine.value?.total === 0, 'the number');
    assert.isNull(entry());
    mounted.store.navigate({ view: 'quarantine' });
    await until(
      () => textOf(view()!.querySelector('.empty, .notice')).includes('No mail waits here.'),
      'the empty view',
    );
    assert.isEmpty(await accessibilityFaults(mounted.element));
    await mounted.server.receive(STRANGER);
    await until(() => mails().length === 1, 'the mail');
    assert.equal(entry()!.getAttribute('aria-label'), 'Quarantine 1');
  });

  it('adds a mail to a ticket as a note, and leads there', async () => {
    await mount(['One']);
    await open(1);
    await ask(mails()[0]!, 'Add to ticket');
    assert.isEmpty(await accessibilityFaults(mounted.element));
    const input = await until(() => deep<HTMLInputElement>(dialog(), '#number'), 'the number');
    assert.equal(focused(), input);
    button(dialog(), 'Add to ticket').click();
    await until(() => textOf(dialog()).includes('Please fill this in.'), 'what is missing');
    input.value = 'SUP-9999';
    input.dispatchEvent(new Event('input'));
    button(dialog(), 'Add to ticket').click();
    await until(() => textOf(dialog()).includes('There is no ticket with this number.'), 'what is wrong');
    input.value = number.replace('SUP-', '#');
    input.dispatchEvent(new Event('input'));
    const as = deep<HTMLSelectElement>(dialog(), '#as')!;
    as.value = 'reply';
    as.dispatchEvent(new Event('change'));
    button(dialog(), 'Add to ticket').click();
    await until(() => textOf(dialog()).includes('They are not the requester'), 'who they are not');
    as.value = 'note';
    as.dispatchEvent(new Event('change'));
    button(dialog(), 'Add to ticket').click();
    await until(() => toast() === `The mail was added to ${number}.`, 'the end');
    await until(() => mails().length === 0 && focused()?.id === 'title', 'the focus on the heading');
    mounted.store.toasts.value.at(-1)!.action!.run();
    await until(() => deepAll(root(), 'support-center-message').length === 2, 'the conversation');
    await until(
      () => deepAll(root(), '.body').some((body) => textOf(body).includes(STRANGER.text)),
      'its text',
    );
  });

  it('opens a ticket, and goes on with the next mail', async () => {
    await mount(['One', 'Two']);
    await open(2);
    await ask(mails()[0]!, 'Open a ticket');
    assert.include(textOf(dialog()), 'nina@elsewhere.example');
    button(dialog(), 'Open a ticket').click();
    await until(() => toast() === 'Ticket SUP-1002 was opened.', 'the ticket');
    await until(() => subjects().join() === 'One' && textOf(focused()) === 'One', 'the next mail');
  });

  it('drops a mail once that is confirmed; Escape goes back to the button', async () => {
    await mount(['One']);
    await open(1);
    const drop = button(mails()[0]!, 'Drop');
    drop.focus();
    await ask(mails()[0]!, 'Drop');
    dialog().dispatchEvent(new Event('cancel', { cancelable: true }));
    await until(() => !dialog() && focused() === drop, 'the focus');
    await ask(mails()[0]!, 'Drop');
    button(dialog(), 'Drop').click();
    await until(() => toast() === 'The mail was dropped.' && mails().length === 0, 'the end');
    assert.isEmpty((await mounted.server.as('agent').send<QuarantinePage>('GET', '/quarantine')).mails);
  });

  it('keeps a mail that could not be added, and says why', async () => {
    await mount(['One']);
    await open(1);
    await mounted.server.fault({ method: 'POST', path: '/release', status: 500 });
    await ask(mails()[0]!, 'Open a ticket');
    button(dialog(), 'Open a ticket').click();
    await until(() => textOf(dialog()).includes('Nothing was done; the mail is still here.'), 'the failure');
    assert.lengthOf(mails(), 1);
  });

  it('says that another agent was faster, and follows what they do', async () => {
    await mount(['One', 'Two', 'Three']);
    await open(3);
    const agent = mounted.server.as('otherAgent');
    const { mails: held } = await agent.send<QuarantinePage>('GET', '/quarantine');
    await agent.send('DELETE', `/quarantine/${held[0]!.id}`);
    await until(() => subjects().join() === 'Two,One', 'what is left');
    await mounted.server.cutStreams();
    await mounted.server.fault({ method: 'GET', path: '/api/events', status: 500 });
    await agent.send('DELETE', `/quarantine/${held[1]!.id}`);
    await ask(mails()[0]!, 'Drop');
    button(dialog(), 'Drop').click();
    await until(() => toast()?.startsWith('Another agent was faster'), 'the news');
    await until(() => subjects().join() === 'One', 'what is left');
  });

  it('says that it could not be loaded, and tries again', async () => {
    await mount(['One']);
    await until(entry, 'the way in');
    await mounted.server.fault({ method: 'GET', path: '/api/quarantine', status: 500 });
    entry()!.click();
    await until(
      () => textOf(view()!.querySelector('.empty, .notice')).includes('The quarantine could not be loaded.'),
      'the failure',
    );
    assert.isEmpty(await accessibilityFaults(mounted.element));
    button(view()!, 'Try again').click();
    await until(() => mails().length === 1, 'the mail');
  });

  it('is nothing that a client is led to', async () => {
    await mount(['One'], { user: 'client' });
    mounted.store.navigate({ view: 'quarantine' });
    assert.equal(mounted.store.route.value.view, 'list');
    const asked = await mounted.server.requests();
    assert.isEmpty(asked.filter((request) => request.includes('quarantine')));
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
    // Other tests in this file have loaded the code; what counts is that nothing was asked for.
    assert.isNotEmpty(loaded);
    assert.isNull(entry());
  });
});
