import { assert } from '@open-wc/testing';
import type { SupportStore } from './state.ts';
import { deep, deepAll, focused, textOf } from './testing/deep.ts';
import {
  mountSupport,
  storeOf,
  until,
  type Mounted,
  type MountOptions,
  type UserName,
} from './testing/fixture.ts';

const DAY = 86_400_000;

describe('what happens elsewhere', () => {
  let mounted: Mounted;
  let number: string;
  let said: string[];
  let cleanup: (() => Promise<void>) | undefined;
  const more: HTMLElement[] = [];

  afterEach(async () => {
    for (const element of more.splice(0)) element.remove();
    await cleanup?.();
    cleanup = undefined;
  });

  async function mount(options: MountOptions = {}): Promise<Mounted> {
    mounted = await mountSupport({
      ...options,
      seed: async (server) => {
        ({ number } = await server.as('client').createTicket({ subject: 'Blank charts' }));
        await options.seed?.(server);
      },
    });
    ({ cleanup } = mounted);
    await until(() => mounted.store.phase.value.name === 'ready', 'that it is ready');
    said = [];
    mounted.store.announcement.watch((text) => said.push(text));
    await streaming();
    return mounted;
  }

  /** As `until`, of what only the server can tell. */
  async function eventually(probe: () => Promise<boolean>, what: string): Promise<void> {
    const end = performance.now() + 15_000;
    while (!(await probe())) {
      if (performance.now() > end) throw new Error(`Waited in vain for ${what}.`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async function streaming(count = 1): Promise<void> {
    await eventually(async () => (await mounted.server.streams()).length >= count, 'the stream');
    // It is asked for; a moment later it is open.
    await new Promise((resolve) => setTimeout(resolve, 100));
  }

  /** One more element on the same server, as in another tab. */
  async function another(user: UserName): Promise<{ element: HTMLElement; store: SupportStore }> {
    const element = document.createElement('support-center');
    element.setAttribute('api-url', mounted.server.apiUrl);
    element.setAttribute('token-url', mounted.server.tokenUrl(user));
    document.body.append(element);
    more.push(element);
    const store = storeOf(element);
    await until(() => store.phase.value.name === 'ready', 'the other element');
    return { element, store };
  }

  async function openThread(): Promise<ShadowRoot> {
    mounted.store.navigate({ view: 'ticket', number });
    const view = await until(() => deep(mounted.element, 'support-center-thread-view'), 'the thread');
    await until(() => view.shadowRoot!.querySelector('support-center-message'), 'the conversation');
    await until(() => view.shadowRoot!.querySelector('support-center-composer'), 'the composer');
    // What comes before the conversation is whole was there when it was opened: that is no news.
    await until(() => mounted.store.thread.value?.status === 'ready', 'all of it');
    return view.shadowRoot!;
  }

  it('shows a new ticket in list and counts, marked and announced', async () => {
    const { server, store } = await mount({ user: 'agent' });
    await server.as('otherClient').createTicket({ subject: 'Cannot log in' });
    await until(() => store.list.value.tickets.length === 2, 'the new ticket');
    assert.equal(store.counts.value!.open, 2);
    const row = await until(() => deepAll(mounted.element, 'li.card')[0], 'its row');
    assert.isTrue(row.classList.contains('unread'));
    await until(() => said.includes('New ticket: Cannot log in'), 'the announcement');
  });

  it('tells of a reply by list, unread count and words, and takes it back once it is read elsewhere', async () => {
    const { server, store, element } = await mount();
    const counts: number[] = [];
    element.addEventListener('support-unread-change', ({ detail }) => counts.push(detail.unreadCount));
    await server.as('agent').reply(number, 'Try again, please.');
    await until(() => store.unreadCount.value === 1, 'the unread count');
    assert.isTrue(store.list.value.tickets[0]!.unread);
    await until(() => said.includes('New reply: Blank charts'), 'the announcement');
    await server.as('client').send('GET', `/tickets/${number}/messages`);
    await until(() => store.unreadCount.value === 0, 'the end of the unread count');
    assert.isFalse(store.list.value.tickets[0]!.unread);
    assert.deepEqual(counts, [1, 0]);
  });

  it('adds a reply to the open conversation without touching draft, focus, selection or scroll', async () => {
    const { server, store } = await mount();
    const thread = await openThread();
    const box = await until(() => deep<HTMLTextAreaElement>(mounted.element, 'textarea'), 'the box');
    box.focus();
    box.value = 'Still typing this';
    box.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    box.setSelectionRange(2, 7);
    const first = await until(() => thread.querySelector('li'), 'the first message');
    const top = first.getBoundingClientRect().top;
    await server.as('agent').reply(number, 'Here is the answer.');
    await until(() => thread.querySelectorAll('support-center-message').length === 2, 'the reply');
    await until(() => thread.querySelector('.new'), 'the mark');
    assert.equal(focused(), box);
    assert.equal(box.value, 'Still typing this');
    assert.deepEqual([box.selectionStart, box.selectionEnd], [2, 7]);
    assert.equal(thread.querySelector('li'), first);
    assert.equal(first.getBoundingClientRect().top, top);
    await until(() => said.includes('New message from Agnes Agent.'), 'the announcement');
    assert.equal(store.thread.value!.ticket!.status, 'waiting_user');
  });

  it('never counts as unread what arrives in front of its reader', async () => {
    const { server, store, element } = await mount();
    const thread = await openThread();
    const counts: number[] = [];
    element.addEventListener('support-unread-change', ({ detail }) => counts.push(detail.unreadCount));
    for (const [text, shown] of [
      ['Here is the answer.', 2],
      ['And one more thing.', 3],
    ] as const) {
      const before = store.list.value;
      await server.as('agent').reply(number, text);
      await until(() => thread.querySelectorAll('support-center-message').length === shown, text, 15_000);
      const status = () => store.list.value.tickets[0]!.messageCount === shown && store.list.value !== before;
      await until(status, 'the list', 15_000);
    }
    // Found by looking rather than by being told, too.
    await server.as('agent').reply(number, 'Really the last one.');
    await element.refresh();
    assert.equal(store.list.value.tickets[0]!.messageCount, 4);
    assert.deepEqual(counts, []);
  });

  it('does not count it either when the list comes before the conversation', async () => {
    const { server, store, element } = await mount();
    await openThread();
    const counts: number[] = [];
    element.addEventListener('support-unread-change', ({ detail }) => counts.push(detail.unreadCount));
    await server.fault({ path: '/messages$', hang: true, times: 99 });
    await server.as('agent').reply(number, 'Here is the answer.');
    store.setFilter({ category: 'technical' });
    await until(() => store.list.value.tickets[0]?.messageCount === 2, 'the list');
    await server.clearFaults();
    await until(async () => {
      await element.refresh();
      return store.thread.value!.messages.length === 2;
    }, 'the reply');
    assert.deepEqual(counts, []);
  });

  it('does not mark as read what is behind a closed panel', async () => {
    const { server, element, store } = await mount({ attributes: { layout: 'launcher' }, phase: null });
    element.open();
    await openThread();
    element.close();
    await server.as('agent').reply(number, 'Are you there?');
    await until(() => store.unreadCount.value === 1, 'the unread count');
    assert.lengthOf(store.thread.value!.messages, 1);
    element.open();
    await until(() => store.thread.value!.messages.length === 2, 'the reply');
    await until(() => store.unreadCount.value === 0, 'the end of the unread count');
  });

  it('says nothing of notes to a client', async () => {
    const { server, store } = await mount();
    await openThread();
    const before = (await server.requests()).length;
    await server.as('agent').reply(number, { body: 'Between us.', internal: true });
    await server.as('agent').reply(number, 'Done.');
    await until(() => store.thread.value!.messages.length === 2, 'the reply');
    assert.deepEqual(
      store.thread.value!.messages.map(({ body }) => body),
      ['Since this morning.', 'Done.'],
    );
    assert.isAbove((await server.requests()).length, before);
  });

  it('shares one stream with the other elements of the same person, and outlives the one that had it', async () => {
    const { server, element, store } = await mount();
    const other = await another('client');
    await server.as('agent').reply(number, 'One.');
    await until(() => store.unreadCount.value === 1, 'the news here');
    await until(() => other.store.unreadCount.value === 1, 'the news there');
    assert.lengthOf(await server.streams(), 1);
    element.remove();
    await streaming(2);
    const { number: second } = await server.as('client').createTicket();
    await server.as('agent').reply(second, 'Two.');
    await until(() => other.store.unreadCount.value === 2, 'the news after it');
  });

  it('resumes where a cut stream broke off', async () => {
    const { server, store } = await mount();
    await server.cutStreams();
    await server.as('agent').reply(number, 'While you were away.');
    await until(() => store.unreadCount.value === 1, 'the reply', 15_000);
    const streams = await server.streams();
    assert.isAtLeast(streams.length, 2);
  });

  it('ends with the token, and comes back with a fresh one', async () => {
    const { server, store } = await mount();
    await server.advance(DAY);
    await streaming(2);
    await server.as('agent').reply(number, 'A day later.');
    await until(() => store.unreadCount.value === 1, 'the reply', 15_000);
  });

  it('leaves nothing open after signing out', async () => {
    const { server, element, store } = await mount();
    element.logout();
    await server.as('agent').reply(number, 'Too late.');
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(store.unreadCount.value, 0);
    assert.equal(await server.openStreams(), 0);
  });

  it('looks more often where a proxy breaks the stream', async () => {
    const { server, store } = await mount({
      seed: (one) => one.fault({ path: '^/api/events', status: 200, times: 100, body: '<html></html>' }),
    });
    await server.as('agent').reply(number, 'By another way.');
    // Seen again, as when the person comes back to the window.
    await until(
      () => (window.dispatchEvent(new Event('online')), store.unreadCount.value === 1),
      'the reply',
    );
  });

  describe('for agents', () => {
    it('tells who else looks at the ticket, and who writes on it', async () => {
      const { server } = await mount({ user: 'agent' });
      const thread = await openThread();
      const put = (state: string): Promise<unknown> =>
        server.as('otherAgent').send('PUT', `/tickets/${number}/presence`, { state });
      const line = (): string => textOf(deep(thread, '.presence span:last-child'));
      await until(() => deep(mounted.element, 'support-center-ticket-controls'), 'the controls');
      await new Promise((resolve) => setTimeout(resolve, 600));
      await put('viewing');
      await until(() => line() === 'Arno Agent is looking at this ticket', 'the other agent');
      await put('writing');
      await until(() => line() === 'Arno Agent is writing…', 'that they write');
      await put('gone');
      await until(() => line() === '', 'that they left');
    });

    it('tells the others of this one', async () => {
      const { server } = await mount({ user: 'agent' });
      await openThread();
      const seen = async (): Promise<string> => {
        const answer = await server
          .as('otherAgent')
          .send<{ people: Array<{ name: string; state: string }> }>('PUT', `/tickets/${number}/presence`, {
            state: 'viewing',
          });
        return answer.people.map(({ name, state }) => `${name} ${state}`).join();
      };
      await eventually(async () => (await seen()) === 'Agnes Agent viewing', 'that they look');
      const box = await until(() => deep<HTMLTextAreaElement>(mounted.element, 'textarea'), 'the box');
      box.value = 'Dear';
      box.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
      await eventually(async () => (await seen()) === 'Agnes Agent writing', 'that they write');
      mounted.store.navigate({ view: 'list' });
      await eventually(async () => (await seen()) === '', 'that they left');
    });

    it('does not send a reply over a newer one before it was seen', async () => {
      const { server, store } = await mount({ user: 'agent' });
      const thread = await openThread();
      const composer = await until(() => deep(mounted.element, 'support-center-composer'), 'the composer');
      const box = await until(() => deep<HTMLTextAreaElement>(composer, 'textarea'), 'the box');
      await until(() => deep(mounted.element, '.note-switch'), 'the agent’s part');
      box.value = 'Please restart it.';
      box.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
      await server.as('client').reply(number, 'It works again!');
      await until(() => thread.querySelectorAll('support-center-message').length === 2, 'the reply');
      deep(composer, 'button.send')!.click();
      const notice = await until(() => deep(composer, '.notice'), 'the warning');
      assert.include(textOf(notice), 'Clara Client replied while you were writing.');
      assert.lengthOf(store.thread.value!.messages, 2);
      assert.equal(box.value, 'Please restart it.');
      notice.querySelector('button')!.click();
      await until(() => store.thread.value!.messages.length === 3, 'it was sent');
      assert.isNull(deep(composer, '.notice'));
    });

    it('is warned by the server where the news has not come', async () => {
      const { server, store } = await mount({
        user: 'agent',
        seed: (one) => one.fault({ path: '^/api/events', status: 502, times: 100 }),
      });
      await openThread();
      const composer = await until(() => deep(mounted.element, 'support-center-composer'), 'the composer');
      const box = await until(() => deep<HTMLTextAreaElement>(composer, 'textarea'), 'the box');
      await until(() => deep(mounted.element, '.note-switch'), 'the agent’s part');
      box.value = 'Please restart it.';
      box.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
      // Only a change, then a reply: the first does not hold it up.
      await server.as('otherAgent').patch(number, { priority: 'low' });
      await server.as('otherAgent').reply(number, 'I take care of it.');
      deep(composer, 'button.send')!.click();
      const notice = await until(() => deep(composer, '.notice'), 'the warning');
      assert.include(textOf(notice), 'Arno Agent replied');
      assert.lengthOf(store.thread.value!.messages, 2);
    });
  });
});
