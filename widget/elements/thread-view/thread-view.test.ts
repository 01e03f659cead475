import { assert } from '@open-wc/testing';
import type { Ticket } from '../../../server/contract/tickets.ts';
import { accessibilityFaults } from '../../testing/axe.ts';
import { deep, deepAll, focused, textOf } from '../../testing/deep.ts';
import { button } from '../../testing/fields.ts';
import {
  mountSupport,
  until,
  type Mounted,
  type MountOptions,
  type TestServer,
} from '../../testing/fixture.ts';
import type { ThreadView } from './thread-view.ts';

const DAY = 86_400_000;

describe('<support-center-thread-view>', () => {
  let mounted: Mounted;
  let thread: ShadowRoot;
  let ticket: Ticket;

  afterEach(async () => {
    await mounted.cleanup();
  });

  /** A ticket, what `tell` adds to it, and its view. */
  async function mount(
    tell: (server: TestServer, number: string) => Promise<unknown> = async () => undefined,
    options: MountOptions = {},
  ): Promise<void> {
    mounted = await mountSupport({
      ...options,
      seed: async (server) => {
        ticket = await server.as('client').createTicket();
        await tell(server, ticket.number);
      },
    });
    mounted.store.navigate({ view: 'ticket', number: ticket.number });
    await seeThread();
  }

  async function seeThread(): Promise<void> {
    const find = () => mounted.element.shadowRoot!.querySelector<ThreadView>('support-center-thread-view');
    thread = await until(() => find()?.shadowRoot, 'the thread');
    await until(() => thread.querySelector('.conversation, .failed'), 'the conversation');
    // Agents get their controls a moment later.
    const forAgent = mounted.store.session.value!.permissions.manageTickets;
    if (forAgent) await until(() => deep(thread, 'support-center-ticket-controls'), 'the controls');
    await settle();
  }

  async function settle(): Promise<void> {
    for (const message of thread.querySelectorAll('support-center-message')) await message.updateComplete;
  }

  const lines = (): string[] =>
    [...thread.querySelectorAll('.conversation > li')].map((line) => {
      const message = line.querySelector('support-center-message');
      return textOf(message ? message.shadowRoot!.querySelector('.body') : line).split(' · ')[0]!;
    });

  it('shows what was said and what happened, in the order of time', async () => {
    await mount(async (server, number) => {
      await server.advance(60_000);
      await server.as('agent').patch(number, { priority: 'high', assigneeId: 'agent-1' });
      await server.advance(60_000);
      await server.as('agent').reply(number, 'We are **on it**.');
      await server.advance(60_000);
      await server.as('client').reply(number, 'Thanks.');
    });
    assert.equal(textOf(thread.querySelector('h2')), ticket.subject);
    assert.equal(thread.querySelector('ol')!.getAttribute('aria-label'), 'Conversation');
    const said = lines();
    assert.equal(said[0], 'Since this morning.');
    assert.sameMembers(said.slice(1, 3), [
      'Agnes Agent changed the priority from Normal to High',
      'Agnes Agent took the ticket',
    ]);
    assert.deepEqual(said.slice(3), [
      'We are on it.',
      'Agnes Agent changed the status from Open to Waiting User',
      'Thanks.',
      'Clara Client changed the status from Waiting User to In Progress',
    ]);
    const heads = deepAll(thread, '.message .head').map((head) =>
      textOf(head).replace(/ (now|in|\d).*$/, ''),
    );
    assert.deepEqual(heads, ['Clara Client You', 'Agnes Agent Support', 'Clara Client You']);
  });

  it('tells notes apart for agents and shows clients nothing of them', async () => {
    const tell = async (server: TestServer, number: string) => {
      await server.as('agent').reply(number, { body: 'Angry customer.', internal: true });
      await server.as('agent').reply(number, 'Hello.');
    };
    await mount(tell, { user: 'agent' });
    const note = await until(() => deep(thread, '[part~=message-internal]'), 'the note');
    assert.include(textOf(note), 'Internal note');
    assert.include(textOf(note), 'Angry customer.');
    await until(() => textOf(deepAll(thread, '.message').at(-1)!).includes('Mail captured'), 'the mail');
    await mounted.cleanup();

    await mount(tell);
    assert.notInclude(lines(), 'Angry customer.');
    assert.isNull(deep(thread, '[part~=message-internal]'));
    assert.isEmpty(deepAll(thread, '.delivery, .note-switch, support-center-ticket-controls'));
  });

  it('sets off what is new since the reader wrote last', async () => {
    await mount(async (server, number) => {
      await server.as('agent').reply(number, 'First.');
      await server.as('client').reply(number, 'Second.');
      await server.as('agent').reply(number, 'Third.');
    });
    const divider = thread.querySelector('.new')!;
    assert.equal(textOf(divider), 'New');
    const below = divider.parentElement!.querySelector('support-center-message')!;
    assert.equal(below.message.body, 'Third.');
  });

  it('announces and sets off what arrives while it is open, and no longer once it is answered', async () => {
    await mount();
    assert.isNull(thread.querySelector('.new'));
    await mounted.server.as('agent').reply(ticket.number, 'Hello.');
    await mounted.store.refresh();
    await until(() => thread.querySelector('.new'), 'the divider');
    assert.equal(mounted.store.announcement.value, 'New message from Agnes Agent.');
    await mounted.store.reply(ticket.number, { body: 'Thanks.' }, 'key-1');
    await until(() => !thread.querySelector('.new'), 'its end');
  });

  it('folds a long conversation and puts the focus on what it unfolds', async function () {
    this.timeout(60_000);
    await mount(async (server, number) => {
      for (let count = 1; count <= 120; count += 1) {
        await server.as('client').reply(number, `Message ${count}`);
      }
    });
    assert.equal(lines()[0], 'Since this morning.');
    assert.equal(lines().at(-1), 'Message 120');
    assert.lengthOf(lines(), 51);
    button(thread, 'Show 70 older messages').click();
    await until(() => lines().length === 121, 'all of them');
    await settle();
    assert.include(
      textOf(
        (focused() as HTMLElement)
          .querySelector('support-center-message')!
          .shadowRoot!.querySelector('.body'),
      ),
      'Message 1',
    );
  });

  it('says when there is no such ticket', async () => {
    await mount();
    mounted.store.navigate({ view: 'ticket', number: 'SUP-9999' });
    await until(() => thread.querySelector('.failed'), 'the failure');
    assert.include(textOf(thread.querySelector('.failed')), 'does not exist, or it is not yours to see');
    button(thread, 'Back to tickets').click();
    await until(() => mounted.store.route.value.view === 'list', 'the list');
  });

  it('says when it cannot be loaded, and tries again', async () => {
    mounted = await mountSupport({
      seed: async (server) => {
        ticket = await server.as('client').createTicket();
        await server.fault({ path: '/messages', status: 500, times: 1, body: { code: 'internal' } });
      },
    });
    mounted.store.navigate({ view: 'ticket', number: ticket.number });
    await seeThread();
    assert.include(textOf(thread.querySelector('.failed')), 'The ticket could not be loaded.');
    button(thread, 'Try again').click();
    await until(() => thread.querySelector('.conversation'), 'the conversation');
  });

  it('keeps what is shown when only its renewal fails', async () => {
    await mount();
    await mounted.server.fault({ path: '/messages', status: 500, times: 1, body: { code: 'internal' } });
    await mounted.store.openThread(ticket.number).catch(() => undefined);
    await until(() => thread.querySelector('.notice.error'), 'the notice');
    assert.deepEqual(lines(), ['Since this morning.']);
    button(thread, 'Try again').click();
    await until(() => !thread.querySelector('.notice.error'), 'its end');
  });

  it('leads to the ticket that it continues', async () => {
    await mount(async (server, number) => {
      ticket = await server.as('client').createTicket({ subject: 'The sequel', followUpOf: number });
    });
    button(thread, ticket.followUpOf!).click();
    await until(() => textOf(thread.querySelector('h2')) === 'The dashboard is blank', 'the older ticket');
  });

  it('folds the properties away where there is no room for them', async () => {
    await mount(undefined, { user: 'agent', width: 400 });
    const side = thread.querySelector<HTMLElement>('#side')!;
    assert.isFalse(side.checkVisibility());
    const toggle = button(thread, 'Details');
    toggle.click();
    await until(() => side.checkVisibility(), 'the properties');
    assert.equal(toggle.getAttribute('aria-expanded'), 'true');
  });

  it('is free of accessibility faults', async () => {
    const tell = async (server: TestServer, number: string) => {
      await server.as('agent').reply(number, { body: 'Angry customer.', internal: true });
      const body = '# Hi\n\n- a\n- b\n\n> q `c`\n\n```\ncode\n```\nhttps://example.com';
      await server.as('agent').reply(number, { body, status: 'resolved' });
    };
    for (const user of ['client', 'agent', 'admin'] as const) {
      for (const [theme, width] of [
        ['light', 1000],
        ['dark', 360],
      ] as const) {
        await mount(tell, { user, width, attributes: { theme } });
        mounted.element.parentElement!.style.background = theme === 'dark' ? '#16181c' : '#fff';
        // At the end of the page, where the composer covers nothing of the conversation; once what is new was revealed.
        for (let frames = 0; frames < 3; frames++) await new Promise(requestAnimationFrame);
        scrollTo(0, document.documentElement.scrollHeight);
        assert.deepEqual(await accessibilityFaults(mounted.element), [], `${user}, ${theme}`);
        await mounted.cleanup();
      }
    }
    await mount();
  });

  describe('on a closed ticket', () => {
    const close = (days: number) => async (server: TestServer, number: string) => {
      await server.as('agent').send('POST', `/tickets/${number}/close`, {});
      await server.advance(days * DAY);
    };

    it('offers its requester to reopen it while the window is open', async () => {
      await mount(close(6));
      assert.include(textOf(deep(thread, '.hint-line')), 'A reply reopens it until');
      button(deep(thread, 'support-center-composer')!.shadowRoot!, 'Reopen ticket').click();
      await until(() => mounted.store.thread.value?.ticket?.status === 'open', 'the open ticket');
      await until(() => mounted.store.announcement.value === 'The ticket is open again.', 'the words');
    });

    it('leaves reopening to the controls where there are some', async () => {
      await mount(close(8), { user: 'agent' });
      const reopen = deepAll(thread, 'button').filter((one) => textOf(one) === 'Reopen ticket');
      assert.lengthOf(reopen, 1);
      assert.isNotNull(deep(thread, 'textarea'));
    });
  });
});
