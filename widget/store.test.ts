import { assert } from '@open-wc/testing';
import type { Ticket } from '../server/contract/tickets.ts';
import { ApiError } from './api-error.ts';
import { ALL } from './elements/ticket-filters/narrowed.ts';
import { loadDesk } from './loader.ts';
import type { Phase } from './state.ts';
import { Store } from './store.ts';
import type { StoreEvents, StoreOptions } from './store-options.ts';
import { startServer, until, type TestServer, type UserName } from './testing/fixture.ts';

describe('Store', () => {
  let server: TestServer;
  let store: Store | undefined;
  let events: Array<{ type: keyof StoreEvents; detail: unknown }>;

  // As any view that has drafts does.
  before(async () => {
    await loadDesk();
  });
  beforeEach(async () => {
    events = [];
    server = await startServer();
  });
  afterEach(async () => {
    store?.stop();
    store = undefined;
    sessionStorage.clear();
    await server.close();
  });

  function create(user: UserName = 'client', change: Partial<StoreOptions> = {}): Store {
    store = new Store(
      {
        apiUrl: server.apiUrl,
        locale: 'en',
        token: { getToken: null, tokenUrl: server.tokenUrl(user), token: null },
        supportUrl: null,
        relatedApps: null,
        ticketDefaults: {},
        ...change,
      },
      (type, detail) => events.push({ type, detail }),
    );
    return store;
  }

  async function start(user: UserName = 'client', phase: Phase['name'] = 'ready'): Promise<Store> {
    const made = create(user);
    made.start();
    await until(() => made.phase.value.name === phase, `phase ${phase}`);
    return made;
  }

  const subjects = (from: Store): string[] => from.list.value.tickets.map((ticket) => ticket.subject);
  const listed = (from: Store): Promise<boolean> =>
    until(() => from.list.value.status === 'ready', 'the list');

  async function failure(promise: Promise<unknown>): Promise<ApiError> {
    const error: unknown = await promise.then(
      () => null,
      (cause: unknown) => cause,
    );
    assert.instanceOf(error, ApiError);
    return error;
  }

  describe('at the start', () => {
    it('needs one request for session, tickets, counts and what is unread', async () => {
      const { number } = await server.as('client').createTicket({ subject: 'Mine' });
      await server.as('agent').reply(number, 'Here you are.');
      const made = await start();
      assert.deepEqual(subjects(made), ['Mine']);
      assert.equal(made.session.value?.actor.id, 'client-1');
      assert.equal(made.counts.value?.waiting_user, 1);
      assert.equal(made.unreadCount.value, 1);
      assert.lengthOf(await server.requests(), 1);
    });

    it('is off for a client and on for an agent when support is switched off, and comes back', async () => {
      const settings = await server.as('admin').send<object>('GET', '/settings');
      const put = (enabled: boolean) =>
        server.as('admin').send('PUT', '/settings', { ...settings, enabled }, { 'if-match': '*' });
      await put(false);
      const made = await start('client', 'off');
      assert.isNull(made.session.value);
      await put(true);
      await made.refresh();
      assert.equal(made.phase.value.name, 'ready');
      await put(false);
      made.stop();
      await start('agent', 'ready');
    });

    it('points clients to the Support URL of the server, not agents', async () => {
      const settings = await server.as('admin').send<object>('GET', '/settings');
      const supportUrl = 'https://help.example/';
      await server.as('admin').send('PUT', '/settings', { ...settings, supportUrl }, { 'if-match': '*' });
      const made = await start('client', 'external');
      assert.deepEqual(made.phase.value, { name: 'external', url: supportUrl });
      made.stop();
      await start('agent', 'ready');
    });

    it('asks nobody when the host names a Support URL', async () => {
      const made = create('client', { supportUrl: 'https://help.example/' });
      made.start();
      assert.deepEqual(made.phase.value, { name: 'external', url: 'https://help.example/' });
      assert.lengthOf(await server.requests(), 0);
      made.configure({ supportUrl: null });
      await until(() => made.phase.value.name === 'ready', 'the built-in system');
    });

    it('fails in words and starts over on retry', async () => {
      await server.fault({ path: '^/api/tickets$', status: 502, body: 'Bad gateway' });
      const made = await start('client', 'failed');
      const { error } = made.phase.value as { error: ApiError };
      assert.equal(error.code, 'unreachable');
      assert.equal(error.status, 502);
      await made.refresh();
      assert.equal(made.phase.value.name, 'ready');
      assert.deepEqual(
        events.map(({ type }) => type),
        ['error'],
      );
    });

    it('is signed out when no token can be had', async () => {
      const made = create('client', { token: { getToken: null, tokenUrl: null, token: null } });
      made.start();
      await until(() => made.phase.value.name === 'signed-out', 'signed out');
      assert.deepEqual(
        events.map(({ type }) => type),
        ['auth-error'],
      );
      made.configure({ token: { getToken: null, tokenUrl: server.tokenUrl('client'), token: null } });
      await until(() => made.phase.value.name === 'ready', 'the session');
    });

    it('opens a deep link side by side with the list', async () => {
      const { number } = await server.as('client').createTicket();
      const made = create();
      made.navigate({ view: 'ticket', number });
      made.start();
      await until(() => made.thread.value?.status === 'ready', 'the thread');
      assert.equal(made.thread.value?.messages[0]?.body, 'Since this morning.');
    });
  });

  describe('tokens', () => {
    it('renews an expired one unseen', async () => {
      const made = await start();
      await server.advance(15 * 60_000);
      await made.refresh();
      assert.equal(made.list.value.status, 'ready');
      assert.lengthOf(events, 0);
    });

    it('signs out when the server refuses the new one as well, and keeps the drafts', async () => {
      const made = await start();
      made.writeDraft('new', { fields: { subject: 'Kept' }, attachments: [] });
      const body = { code: 'invalid_token', title: 'No', status: 401, detail: 'No.' };
      await server.fault({ path: '^/api/tickets', status: 401, body, times: 2 });
      assert.equal((await failure(made.refresh())).code, 'invalid_token');
      assert.equal(made.phase.value.name, 'signed-out');
      assert.isEmpty(made.list.value.tickets);
      // A view writes what it has when it goes.
      made.writeDraft('new', { fields: { subject: 'Kept to the end' }, attachments: [] });
      await made.refresh();
      assert.equal(made.readDraft('new')?.fields['subject'], 'Kept to the end');
    });

    it('leaves nothing of the first person when a token of another comes', async () => {
      await server.as('client').createTicket({ subject: 'Private' });
      const made = await start();
      made.writeDraft('new', { fields: { subject: 'Private' }, attachments: [] });
      made.setFilter({ priority: 'low' });
      made.phase.watch(({ name }) => {
        if (name === 'starting') made.writeDraft('new', { fields: { subject: 'Late' }, attachments: [] });
      });
      made.configure({ token: { getToken: null, tokenUrl: server.tokenUrl('otherClient'), token: null } });
      await until(() => made.session.value?.actor.id === 'client-2', 'the other person');
      await listed(made);
      assert.isEmpty(made.list.value.tickets);
      assert.isNull(made.filter.value.priority);
      assert.isNull(made.readDraft('new'));
      assert.isEmpty(Object.keys(sessionStorage));
    });
  });

  describe('logout', () => {
    it('drops tickets, drafts and answers in flight', async () => {
      const { number } = await server.as('client').createTicket();
      const made = await start();
      made.navigate({ view: 'ticket', number });
      await until(() => made.thread.value?.status === 'ready', 'the thread');
      made.writeDraft(`reply:${number}`, { fields: { body: 'Half' }, attachments: [] });
      await server.fault({ path: '^/api/tickets$', delay: 300 });
      const late = failure(made.refresh());
      made.logout();
      assert.equal((await late).code, 'aborted');
      assert.deepEqual(made.phase.value, { name: 'signed-out', error: null });
      assert.deepEqual(made.route.value, { view: 'list' });
      assert.isEmpty(made.list.value.tickets);
      assert.isNull(made.thread.value);
      assert.isNull(made.session.value);
      assert.isEmpty(Object.keys(sessionStorage));
      assert.lengthOf(events, 0, 'no error is told of what was given up');
    });
  });

  describe('the list', () => {
    async function fill(count: number): Promise<void> {
      for (let i = 1; i <= count; i++) {
        await server.as('client').createTicket({ subject: `Ticket ${i}`, priority: i % 2 ? 'high' : 'low' });
      }
    }

    it('narrows, and drops answers to what was asked before', async () => {
      await fill(4);
      const made = await start();
      await server.fault({ path: '^/api/tickets$', delay: 400 });
      made.setFilter({ priority: 'low' });
      made.setFilter({ priority: 'high' });
      await listed(made);
      assert.deepEqual(subjects(made), ['Ticket 3', 'Ticket 1']);
      await new Promise((resolve) => setTimeout(resolve, 500));
      assert.deepEqual(subjects(made), ['Ticket 3', 'Ticket 1']);
      assert.deepEqual(made.counts.value?.open, 2);
    });

    it('asks for the counts alone where the list came without them', async () => {
      await fill(4);
      const made = await start();
      assert.equal(made.counts.value?.open, 4);
      const body = { tickets: made.list.value.tickets.slice(0, 1), nextCursor: null };
      await server.fault({ path: '^/api/tickets$', status: 200, body });
      made.setFilter({ priority: 'low', status: 'open' });
      await until(() => made.counts.value?.open === 2, 'the counts of the filter');
      const [asked] = (await server.requests()).filter((request) => request.includes('/counts'));
      assert.equal(asked, 'GET /api/tickets/counts?priority=low');
    });

    it('waits until somebody stopped typing', async () => {
      await fill(2);
      const made = await start();
      const before = (await server.requests()).length;
      for (const q of ['T', 'Ti', 'Ticket', 'Ticket 2']) made.setFilter({ q });
      await until(() => subjects(made).length === 1, 'the answer');
      assert.deepEqual(subjects(made), ['Ticket 2']);
      assert.lengthOf((await server.requests()).slice(before), 1);
      made.setFilter(ALL);
      await until(() => subjects(made).length === 2, 'all of them');
    });

    it('loads more without showing one twice, and keeps as many on refresh', async () => {
      await fill(27);
      const made = await start();
      assert.lengthOf(made.list.value.tickets, 25);
      // What comes between two pages.
      await server.as('client').createTicket({ subject: 'Newest' });
      await made.loadMore();
      assert.lengthOf(made.list.value.tickets, 27);
      assert.isNull(made.list.value.nextCursor);
      await made.refresh();
      const numbers = made.list.value.tickets.map((ticket) => ticket.number);
      assert.lengthOf(new Set(numbers), 27);
      assert.equal(subjects(made)[0], 'Newest');
    });

    it('keeps the shown tickets when a refresh fails, not those of another filter', async () => {
      await fill(1);
      const made = await start();
      await server.fault({ path: '^/api/tickets$', status: 500, body: { code: 'internal' }, times: 2 });
      await failure(made.refresh());
      assert.equal(made.list.value.status, 'failed');
      assert.deepEqual(subjects(made), ['Ticket 1']);
      made.setFilter({ status: 'closed' });
      await until(() => made.list.value.status === 'failed', 'the failure');
      assert.isEmpty(subjects(made));
      await made.refresh();
      assert.equal(made.list.value.status, 'ready');
    });

    it('waits out a short Retry-After by itself', async () => {
      await fill(1);
      const made = await start();
      const body = { code: 'rate_limited', status: 429, title: 'Slow', detail: 'Slow.' };
      await server.fault({ path: '^/api/tickets$', status: 429, body, headers: { 'retry-after': '1' } });
      await made.refresh();
      assert.equal(made.list.value.status, 'ready');
    });
  });

  describe('changes', () => {
    it('creates once for one key, tells of it and renews list and counts', async () => {
      const made = await start();
      const input = {
        subject: 'Help',
        category: 'billing',
        priority: 'low',
        description: 'Please.',
      } as const;
      await server.fault({ path: '^/api/tickets$', method: 'POST', lose: true });
      assert.equal((await failure(made.createTicket(input, 'key-1'))).code, 'unreachable');
      const ticket = await made.createTicket(input, 'key-1');
      await until(() => made.counts.value?.open === 1, 'the counts');
      assert.deepEqual(subjects(made), ['Help']);
      const created = events.filter(({ type }) => type === 'ticket-created');
      assert.deepEqual(created, [{ type: 'ticket-created', detail: { ticket } }]);
    });

    it('shows the reply and the new status before it resolves', async () => {
      const { number } = await server.as('client').createTicket();
      const made = await start('agent');
      made.navigate({ view: 'ticket', number });
      await until(() => made.thread.value?.status === 'ready', 'the thread');
      const message = await made.reply(number, { body: 'Done.', status: 'resolved' }, 'key-2');
      const thread = made.thread.value!;
      assert.equal(thread.ticket?.status, 'resolved');
      assert.deepEqual(thread.messages.at(-1)?.id, message.id);
      assert.include(
        thread.history.map((entry) => entry.type),
        'status',
      );
      await until(() => made.counts.value?.resolved === 1, 'the counts');
      assert.deepEqual(
        events.map(({ type }) => type),
        ['reply-sent'],
      );
    });

    it('counts a sent reply as sent when only its echo cannot be loaded', async () => {
      const { number } = await server.as('client').createTicket();
      const made = await start();
      made.navigate({ view: 'ticket', number });
      await until(() => made.thread.value?.status === 'ready', 'the thread');
      await server.fault({ path: `^/api/tickets/${number}`, method: 'GET', status: 503, body: '', times: 3 });
      await made.reply(number, { body: 'More.' }, 'key-3');
      assert.equal(made.thread.value?.messages.at(-1)?.body, 'More.');
      assert.equal(made.thread.value?.status, 'ready');
      assert.equal(made.thread.value?.error?.status, 503);
    });

    it('shows an agent what another one changed in place of overwriting it', async () => {
      const { number } = await server.as('client').createTicket();
      const made = await start('agent');
      made.navigate({ view: 'ticket', number });
      await until(() => made.thread.value?.status === 'ready', 'the thread');
      await server.as('otherAgent').patch(number, { priority: 'urgent' });
      const conflict = await made.changeTicket(number, { priority: 'low' });
      assert.equal(conflict?.before.priority, 'normal');
      assert.equal(conflict?.current.priority, 'urgent');
      assert.deepEqual(conflict?.patch, { priority: 'low' });
      assert.equal(made.thread.value?.ticket?.priority, 'urgent');
      assert.isNull(await made.changeTicket(number, { priority: 'low' }));
      const now = await server.as('agent').send<Ticket>('GET', `/tickets/${number}`);
      assert.equal(now.priority, 'low');
    });

    it('is not in the way of a client who replies meanwhile', async () => {
      const { number } = await server.as('client').createTicket();
      const made = await start('agent');
      made.navigate({ view: 'ticket', number });
      await until(() => made.thread.value?.status === 'ready', 'the thread');
      await server.as('client').reply(number, 'One more thing.');
      assert.isNull(await made.changeTicket(number, { priority: 'high' }));
      assert.equal(made.thread.value?.ticket?.priority, 'high');
      assert.lengthOf(made.thread.value!.messages, 2);
    });

    it('closes, reopens and deletes, and goes back to the list', async () => {
      const { number } = await server.as('client').createTicket();
      const made = await start('admin');
      made.navigate({ view: 'ticket', number });
      await until(() => made.thread.value?.status === 'ready', 'the thread');
      await server.fault({ path: '^/api/tickets$', delay: 500 });
      await made.closeTicket(number);
      assert.equal(made.thread.value?.ticket?.status, 'closed');
      assert.equal(made.counts.value?.closed, 1, 'the badges do not wait for the list');
      assert.equal(made.counts.value?.open, 0);
      assert.equal((await failure(made.closeTicket(number))).code, 'already_closed');
      await made.reopenTicket(number);
      assert.notEqual(made.thread.value?.ticket?.status, 'closed');
      await made.deleteTicket(number);
      assert.deepEqual(made.route.value, { view: 'list' });
      assert.isNull(made.thread.value);
      assert.isEmpty(subjects(made));
    });

    it('keeps what was new in a conversation known while it is open', async () => {
      const { number } = await server.as('client').createTicket();
      await server.as('agent').reply(number, 'An answer.');
      const made = await start();
      assert.isTrue(made.list.value.tickets[0]?.unread);
      made.navigate({ view: 'ticket', number });
      await until(() => made.thread.value?.status === 'ready', 'the thread');
      assert.isTrue(made.thread.value?.ticket?.unread);
      assert.isFalse(made.list.value.tickets[0]?.unread);
      await until(() => made.unreadCount.value === 0, 'nothing unread');
    });

    it('reads and writes settings by their version', async () => {
      const made = await start('admin');
      const { settings, version } = await made.loadSettings();
      const saved = await made.saveSettings({ ...settings, reopenWindowDays: 3 }, version);
      assert.equal(saved.settings.reopenWindowDays, 3);
      assert.equal((await failure(made.saveSettings(settings, version))).code, 'version_mismatch');
    });
  });

  describe('files', () => {
    it('uploads with progress, and gives the bytes as one address until logout', async () => {
      const made = await start();
      const shares: number[] = [];
      const signal = new AbortController().signal;
      const file = new File(['log '.repeat(50_000)], 'app.log');
      const attachment = await made.upload(file, { onProgress: (share) => shares.push(share), signal });
      assert.equal(attachment.name, 'app.log');
      assert.equal(shares.at(-1), 1);
      const url = await made.attachmentUrl(attachment);
      assert.equal(await made.attachmentUrl(attachment), url);
      assert.equal((await (await fetch(url)).blob()).size, 200_000);
      made.logout();
      await until(() => made.phase.value.name === 'signed-out', 'the logout');
      await new Promise((resolve) => setTimeout(resolve, 50));
      const gone = await fetch(url).catch(() => null);
      assert.isNull(gone);
    });

    it('gives up an upload, and says what the server refused', async () => {
      const made = await start();
      const abort = new AbortController();
      await server.fault({ path: '^/api/attachments$', hang: true });
      const upload = failure(
        made.upload(new File(['x'], 'x'), { onProgress: () => 0, signal: abort.signal }),
      );
      abort.abort();
      assert.equal((await upload).code, 'aborted');
      await server.clearFaults();
      const empty = new File([], 'empty');
      const error = await failure(
        made.upload(empty, { onProgress: () => 0, signal: new AbortController().signal }),
      );
      assert.equal(error.code, 'validation_failed');
      assert.equal(error.errors[0]?.path, 'file');
    });
  });
});
