import { assert } from '@open-wc/testing';
import type { Message } from '../../../server/contract/tickets.ts';
import { deep, deepAll, focused, textOf } from '../../testing/deep.ts';
import { type } from '../../testing/fields.ts';
import { mountSupport, until, type Mounted, type MountOptions } from '../../testing/fixture.ts';

describe('An open conversation, while others write', () => {
  let mounted: Mounted;
  let number = '';

  afterEach(async () => {
    await mounted.cleanup();
    window.scrollTo(0, 0);
  });

  /** A conversation that is longer than the window. */
  async function mount(options: MountOptions = {}): Promise<void> {
    mounted = await mountSupport({
      ...options,
      seed: async (server) => {
        ({ number } = await server.as('client').createTicket());
        for (let count = 1; count <= 12; count++) {
          await server.as('client').reply(number, `Message ${count}\n\nand\n\nmore of it`);
        }
      },
    });
    mounted.store.navigate({ view: 'ticket', number });
    await until(() => bodies().length === 13, 'the conversation');
    await until(() => deep(root(), 'textarea'), 'the composer');
    await until(() => mounted.server.openStreams().then((count) => count === 1), 'the stream');
    window.scrollTo(0, 0);
  }
  const root = (): ShadowRoot => mounted.element.shadowRoot!;
  const bodies = (): HTMLElement[] =>
    deepAll(root(), 'support-center-message').flatMap((message) => deepAll(message, '.body'));
  const below = (): HTMLElement | null => deep(root(), 'button.below');
  const answer = (body: string): Promise<Message> => mounted.server.as('agent').reply(number, body);
  const frame = (): Promise<unknown> => new Promise(requestAnimationFrame);

  it('keeps scroll, focus, draft and selection where they are, and says what is below', async () => {
    await mount();
    const box = deep<HTMLTextAreaElement>(root(), 'textarea')!;
    box.focus({ preventScroll: true });
    type(box, 'Half a reply');
    box.setSelectionRange(0, 4);
    window.scrollTo(0, 120);
    await frame();
    await answer('An answer.');
    await until(below, 'the button');
    assert.equal(textOf(below()), '1 new message');
    await answer('Another one.');
    await until(() => textOf(below()) === '2 new messages', 'the number');
    assert.equal(window.scrollY, 120);
    assert.equal(focused(), box);
    assert.equal(deep<HTMLTextAreaElement>(root(), 'textarea'), box);
    assert.deepEqual([box.value, box.selectionStart, box.selectionEnd], ['Half a reply', 0, 4]);
    assert.equal(mounted.store.announcement.value.trim(), 'New message from Agnes Agent.');
    assert.equal(textOf(deep(root(), '.new')), 'New');

    below()!.click();
    await until(() => !below(), 'the end of the button');
    const line = focused()!.querySelector('support-center-message')!;
    assert.equal(line.message.body, 'An answer.');
    assert.isAbove(window.scrollY, 120);
    assert.equal(box.value, 'Half a reply');
  });

  it('keeps what the reader has marked', async () => {
    await mount();
    const text = document.createTreeWalker(bodies()[1]!, NodeFilter.SHOW_TEXT).nextNode()!;
    const selection = getSelection()!;
    selection.setBaseAndExtent(text, 0, text, 7);
    await answer('An answer.');
    await until(below, 'the button');
    const [range] = selection.getComposedRanges({ shadowRoots: [text.getRootNode() as ShadowRoot] });
    assert.equal(range!.startContainer, text);
    assert.deepEqual([range!.startOffset, range!.endOffset], [0, 7]);
  });

  it('says nothing of what is in sight, and no more once it has been scrolled to', async () => {
    await mount();
    await answer('An answer.');
    await until(below, 'the button');
    window.scrollTo(0, document.documentElement.scrollHeight);
    await until(() => !below(), 'its end');
    await answer('Another one.');
    await until(() => bodies().length === 15, 'the answer');
    window.scrollTo(0, document.documentElement.scrollHeight);
    await until(() => !below(), 'the end of the button');
  });

  it('shows agents where a mail stands as the provider tells it; a client’s thread is not even asked for', async () => {
    await mount({ user: 'agent', mail: true });
    await answer('An answer.');
    const delivery = (): string => textOf(deepAll(root(), '.delivery').at(-1) ?? null);
    await until(() => delivery().startsWith('Mail queued'), 'the mail in the queue');
    await mounted.server.advance(120_000);
    await mounted.server.tellOfMail('email.delivered');
    await until(() => delivery().startsWith('Mail delivered'), 'the delivered mail');
    const bounce = { type: 'Permanent', subType: 'NoEmail', message: 'No such user.' };
    await mounted.server.tellOfMail('email.bounced', { bounce });
    await until(() => delivery().includes('No such user.'), 'the reason');
    const notice = await until(() => deep(root(), '.mail-notice'), 'what the ticket says of the address');
    assert.include(textOf(notice), 'Mail to this address bounces');
  });

  it('looks where the mails stand when the stream was away for a while', async () => {
    await mount({ user: 'agent', mail: true });
    await answer('An answer.');
    const delivery = (): string => textOf(deepAll(root(), '.delivery').at(-1) ?? null);
    await until(() => delivery().startsWith('Mail queued'), 'the mail in the queue');
    await mounted.server.cutStreams();
    await mounted.server.advance(120_000);
    await mounted.server.tellOfMail('email.delivered');
    await until(() => delivery().startsWith('Mail delivered'), 'the delivered mail');
  });

  it('leaves a client’s thread alone while its mails go their way', async () => {
    await mount({ mail: true });
    await answer('An answer.');
    await until(() => bodies().length === 14, 'the answer');
    await mounted.server.as('otherAgent').patch(number, { priority: 'urgent' });
    const before = (await mounted.server.requests()).length;
    await mounted.server.tellOfMail('email.delivered');
    await mounted.server.tellOfMail('email.complained');
    // Told after them, so that they would have been heard by now.
    await mounted.server.as('agent').createTicket();
    await mounted.server.as('otherAgent').patch(number, { priority: 'low' });
    await until(() => mounted.store.thread.value?.ticket?.priority === 'low', 'the last change');
    const asked = (await mounted.server.requests()).slice(before);
    assert.isAtMost(asked.filter((request) => request.includes('/messages')).length, 2);
    assert.notInclude(textOf(root().host), 'Mail');
  });

  it('closes at once when the ticket is deleted, and asks for nothing more of it', async () => {
    await mount({ user: 'agent' });
    await until(
      () => mounted.server.requests().then((all) => all.some((one) => one.includes('presence'))),
      'presence',
    );
    const before = (await mounted.server.requests()).length;
    await mounted.server.as('admin').send('DELETE', `/tickets/${number}`);
    const failed = await until(() => deep(root(), '.failed'), 'the end');
    assert.equal(textOf(failed), 'This ticket was deleted.');
    await mounted.store.refresh();
    mounted.store.navigate({ view: 'list' });
    await until(() => mounted.store.list.value.tickets.length === 0, 'the list');
    const asked = (await mounted.server.requests()).slice(before);
    assert.isEmpty(asked.filter((request) => request.includes(number)));
  });

  it('is left without a word to a ticket that the reader has deleted', async () => {
    await mount({ user: 'admin' });
    await until(
      () => mounted.server.requests().then((all) => all.some((one) => one.includes('presence'))),
      'presence',
    );
    await mounted.store.deleteTicket(number);
    await until(() => mounted.store.list.value.tickets.length === 0, 'the list');
    const asked = await mounted.server.requests();
    const after = asked.slice(asked.findIndex((request) => request.startsWith('DELETE')) + 1);
    assert.isEmpty(after.filter((request) => request.includes(number)));
    assert.equal(mounted.store.route.value.view, 'list');
  });
});
