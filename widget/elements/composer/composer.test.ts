import { assert } from '@open-wc/testing';
import type { Message, Ticket } from '../../../server/contract/tickets.ts';
import { deep, deepAll, focused, textOf } from '../../testing/deep.ts';
import { button, choose, descriptionOf, labelled, type } from '../../testing/fields.ts';
import {
  mountSupport,
  until,
  type Mounted,
  type MountOptions,
  type TestServer,
} from '../../testing/fixture.ts';
import type { SupportMessage } from '../message/message.ts';
import type { SupportComposer } from './composer.ts';

const DAY = 86_400_000;

describe('<support-center-composer>', () => {
  let mounted: Mounted;
  let composer: ShadowRoot;
  let ticket: Ticket;

  afterEach(async () => {
    await mounted.cleanup();
  });

  async function mount(
    options: MountOptions = {},
    tell: (server: TestServer, number: string) => Promise<unknown> = async () => undefined,
  ): Promise<void> {
    mounted = await mountSupport({
      ...options,
      seed: async (server) => {
        ticket = await server.as('client').createTicket();
        await tell(server, ticket.number);
      },
    });
    await open();
  }

  async function open(number = ticket.number): Promise<void> {
    mounted.store.navigate({ view: 'ticket', number });
    const find = () => deep<SupportComposer>(mounted.element, 'support-center-composer');
    const found = () => (find()?.ticket?.number === number ? find()!.shadowRoot : null);
    composer = await until(found, 'the composer');
    await until(() => composer.querySelector('form, .expired'), 'its form');
    await until(() => deep(mounted.element, '.conversation'), 'the conversation');
  }

  async function leave(): Promise<void> {
    mounted.store.navigate({ view: 'list' });
    await until(() => !deep(mounted.element, 'support-center-composer'), 'the list');
  }

  const box = () => labelled<HTMLTextAreaElement>(composer, 'Reply');
  const note = () => labelled<HTMLInputElement>(composer, 'Internal note');
  const send = () => composer.querySelector<HTMLButtonElement>('button[type=submit]')!;
  const picker = () => composer.querySelector('support-center-attachment-picker')!;
  const failure = () => composer.querySelector('.notice.error');
  const said = () =>
    deepAll<SupportMessage>(mounted.element, 'support-center-message').map((message) =>
      textOf(message.shadowRoot!.querySelector('.body')),
    );

  async function messages(): Promise<Message[]> {
    const path = `/tickets/${ticket.number}/messages`;
    return (await mounted.server.as('agent').send<{ messages: Message[] }>('GET', path)).messages;
  }

  const status = async () =>
    (await mounted.server.as('agent').send<Ticket>('GET', `/tickets/${ticket.number}`)).status;

  it('sends a reply, shows it in the conversation and is empty again, with the focus in it', async () => {
    await mount();
    type(box(), 'It works **now**.');
    send().click();
    await until(() => said().includes('It works now.'), 'the reply');
    await until(() => box().value === '', 'the empty box');
    assert.equal(focused(), box());
    await until(() => mounted.store.announcement.value === 'Your reply was sent.', 'the words');
    assert.isNull(mounted.store.readDraft(`reply:${ticket.number}`));
    assert.deepEqual(
      (await messages()).map(({ body }) => body),
      ['Since this morning.', 'It works **now**.'],
    );
  });

  it('sends with Ctrl and Enter, and once when pressed twice', async () => {
    await mount();
    type(box(), 'Again.');
    const keys = { key: 'Enter', ctrlKey: true, bubbles: true, composed: true, cancelable: true };
    box().dispatchEvent(new KeyboardEvent('keydown', keys));
    box().dispatchEvent(new KeyboardEvent('keydown', keys));
    send().click();
    await until(() => said().includes('Again.'), 'the reply');
    assert.lengthOf(await messages(), 2);
  });

  it('says what is missing at the box', async () => {
    await mount();
    type(box(), '  \n ');
    send().click();
    await until(() => descriptionOf(box()) === 'Please fill this in.', 'the problem');
    assert.equal(box().getAttribute('aria-invalid'), 'true');
    assert.equal(focused(), box());
    type(box(), 'x'.repeat(50_001));
    await until(() => descriptionOf(box()).includes('50,001 of 50,000'), 'the counter');
    send().click();
    await until(() => descriptionOf(box()).includes('At most 50,000 characters'), 'the length');
    assert.lengthOf(await messages(), 1);
  });

  it('keeps everything when sending fails, and sends it by a retry', async () => {
    await mount();
    await mounted.server.fault({ method: 'POST', path: '/messages$', status: 503, body: {} });
    type(box(), 'Hello?');
    send().click();
    await until(failure, 'the failure');
    assert.include(textOf(failure()), 'Your reply was not sent. It is still here.');
    assert.equal(box().value, 'Hello?');
    button(composer, 'Try again').click();
    await until(() => said().includes('Hello?'), 'the reply');
    await until(() => !failure(), 'no failure');
  });

  it('sends no second message when only the answer was lost, also after a reload', async () => {
    await mount();
    // More than once: a browser repeats by itself what it sent on a connection that was just closed.
    await mounted.server.fault({ method: 'POST', path: '/messages$', lose: true, times: 9 });
    type(box(), 'Once.');
    send().click();
    await until(failure, 'the failure');
    await mounted.server.clearFaults();
    await leave();
    await open();
    assert.equal(box().value, 'Once.');
    send().click();
    await until(() => box().value === '', 'the empty box');
    assert.lengthOf(await messages(), 2);
  });

  it('keeps what was typed for the ticket it was typed at', async () => {
    await mount();
    const other = await mounted.server.as('client').createTicket({ subject: 'Another' });
    type(box(), 'Half a sen');
    await open(other.number);
    assert.equal(box().value, '');
    await leave();
    await open();
    assert.equal(box().value, 'Half a sen');
  });

  it('writes notes that no client sees, with a draft of their own', async () => {
    await mount({ user: 'agent' });
    await until(() => composer.querySelector('.note-switch'), 'the switch');
    type(box(), 'Dear Clara');
    note().click();
    await until(() => textOf(send()) === 'Add note', 'the other button');
    assert.equal(box().value, '');
    assert.include(descriptionOf(box()), 'Only agents see this.');
    type(box(), 'She is right.');
    send().click();
    await until(() => said().includes('She is right.'), 'the note');
    const added = (await messages()).at(-1)!;
    assert.isTrue(added.internal);
    assert.equal(await status(), 'open');
    note().click();
    await until(() => textOf(send()) === 'Send reply', 'the reply');
    assert.equal(box().value, 'Dear Clara');
  });

  it('sends and sets the status in one step', async () => {
    await mount({ user: 'agent' });
    const after = await until(() => composer.querySelector<HTMLSelectElement>('.after-sending select'), 'it');
    assert.equal(after.value, 'waiting_user');
    choose(after, 'resolved');
    type(box(), 'Done.');
    send().click();
    await until(() => mounted.store.thread.value?.ticket?.status === 'resolved', 'the status');
    await until(() => after.value === 'waiting_user', 'the default again');
    type(box(), 'By the way.');
    send().click();
    await until(() => mounted.store.thread.value?.ticket?.status === 'waiting_user', 'the default status');
  });

  it('sends files with the text', async () => {
    await mount();
    picker().addFiles([new File(['one'], 'one.log'), new File(['two'], 'two.log')]);
    type(box(), 'See the logs.');
    send().click();
    assert.equal(mounted.store.announcement.value, 'Wait for the uploads to finish, or remove them.');
    await until(() => picker().attachments.length === 2, 'the uploads');
    send().click();
    await until(() => said().includes('See the logs.'), 'the reply');
    const sent = (await messages()).at(-1)!.attachments.map(({ name }) => name);
    assert.sameMembers(sent, ['one.log', 'two.log']);
    await until(() => picker().attachments.length === 0, 'the empty picker');
  });

  it('brings uploaded files back with the draft', async () => {
    await mount();
    picker().addFiles([new File(['one'], 'one.log')]);
    await until(() => picker().attachments.length === 1, 'the upload');
    type(box(), 'See the log.');
    await leave();
    await open();
    await until(() => picker().attachments[0]?.name === 'one.log', 'the file');
    send().click();
    await until(async () => said().includes('See the log.'), 'the reply');
    await until(() => box().value === '', 'the empty box');
    assert.lengthOf((await messages()).at(-1)!.attachments, 1);
  });

  it('takes pasted screenshots and dropped files, but not the picture of copied text', async () => {
    await mount();
    const image = new DataTransfer();
    image.items.add(new File(['png'], 'image.png', { type: 'image/png' }));
    const paste = (clipboardData: DataTransfer) =>
      new ClipboardEvent('paste', { clipboardData, bubbles: true, composed: true, cancelable: true });
    assert.isFalse(box().dispatchEvent(paste(image)));
    await until(() => /^Screenshot .*\.png$/.test(picker().attachments[0]?.name ?? ''), 'the screenshot');
    const office = new DataTransfer();
    office.items.add(new File(['png'], 'image.png', { type: 'image/png' }));
    office.setData('text/plain', 'copied');
    assert.isTrue(box().dispatchEvent(paste(office)));
    const dropped = new DataTransfer();
    dropped.items.add(new File(['log'], 'dropped.log'));
    const drag = { dataTransfer: dropped, bubbles: true, composed: true, cancelable: true };
    box().dispatchEvent(new DragEvent('dragenter', drag));
    await until(() => picker().dragging, 'the sign that it can be dropped');
    assert.isFalse(box().dispatchEvent(new DragEvent('drop', drag)));
    await until(() => picker().attachments[1]?.name === 'dropped.log', 'the dropped file');
    assert.isFalse(picker().dragging);
  });

  it('offers a follow-up that takes everything along when the window ends while they type', async () => {
    const close = async (server: TestServer, number: string) =>
      server.as('agent').send('POST', `/tickets/${number}/close`, {});
    await mount({}, close);
    picker().addFiles([new File(['one'], 'one.log')]);
    await until(() => picker().attachments.length === 1, 'the upload');
    type(box(), 'It is back.');
    await mounted.server.advance(8 * DAY);
    send().click();
    const follow = await until(() => button(composer, 'Create a follow-up ticket'), 'the follow-up');
    assert.include(textOf(composer.querySelector('.expired')), 'What you typed goes with it.');
    assert.lengthOf(await messages(), 1);
    follow.click();
    const form = await until(
      () => deep(mounted.element, 'support-center-ticket-form')?.shadowRoot,
      'the form',
    );
    await until(() => form.querySelector('#description'), 'its fields');
    assert.equal(labelled(form, 'Subject').value, ticket.subject);
    assert.equal(labelled<HTMLTextAreaElement>(form, 'Description').value, 'It is back.');
    const files = form.querySelector('support-center-attachment-picker')!;
    await until(() => files.attachments[0]?.name === 'one.log', 'the file');
    button(form, 'Submit').click();
    const created = await until(() => {
      const route = mounted.store.route.value;
      return route.view === 'ticket' && route.number !== ticket.number ? route.number : null;
    }, 'the new ticket');
    const next = await mounted.server.as('client').send<Ticket>('GET', `/tickets/${created}`);
    assert.equal(next.followUpOf, ticket.number);
  });

  describe('on a phone', () => {
    const height = () => composer.querySelector('form')!.getBoundingClientRect().height;

    it('is one line until it is used, and again once it is left empty', async () => {
      await mount({ width: 360, user: 'agent' });
      assert.isBelow(height(), 60);
      assert.isTrue(send().checkVisibility());
      box().focus();
      await until(() => height() > 100, 'room to write in');
      assert.isTrue(note().checkVisibility());
      // Whatever of it has the focus, it stays as it is.
      send().focus();
      await until(() => focused() === send(), 'the focus');
      assert.isAbove(height(), 100);
      deep(mounted.element, '.back')!.focus();
      await until(() => height() < 60, 'one line');
    });

    it('keeps its room for a draft, and shows what the keyboard reaches', async () => {
      await mount({ width: 360, user: 'agent' });
      note().focus();
      await until(() => height() > 100, 'the rest of it');
      type(box(), 'Half a thou');
      deep(mounted.element, '.back')!.focus();
      await until(() => focused()?.matches('.back'), 'the focus elsewhere');
      assert.isAbove(height(), 100);
    });
  });
});
