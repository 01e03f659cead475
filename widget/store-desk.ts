import type { AgentsAnswer } from '../server/contract/session.ts';
import type { Settings } from '../server/contract/settings.ts';
import type {
  Message,
  NewMessage,
  NewTicket,
  Person,
  Ticket,
  TicketPatch,
} from '../server/contract/tickets.ts';
import type { Api } from './api.ts';
import { ApiError } from './api-error.ts';
import type { Cell } from './cell.ts';
import { removeTicket, replaceTicket } from './list-more.ts';
import { plain } from './plain-json.ts';
import type { Conflict } from './state.ts';
import type { TicketList } from './store-list.ts';
import type { Thread } from './store-thread.ts';
import type { Emit } from './store-options.ts';

/** What the desk works on: parts of the store. */
export interface DeskParts {
  api: Api;
  agents: Cell<Person[] | null>;
  tickets: TicketList;
  thread: Thread;
  emit: Emit;
}

export { replaceTicket };
export { Drafts } from './drafts.ts';
export { Files } from './store-files.ts';
export { Thread } from './store-thread.ts';

/** Everything that changes something on the server, and what follows on screen. */
export class Desk {
  readonly #agents: Cell<Person[] | null>;
  readonly #api: Api;
  readonly #tickets: TicketList;
  readonly #thread: Thread;
  readonly #emit: Emit;
  #loadingAgents: Promise<Person[]> | null = null;

  constructor({ api, agents, tickets, thread, emit }: DeskParts) {
    this.#api = api;
    this.#agents = agents;
    this.#tickets = tickets;
    this.#thread = thread;
    this.#emit = emit;
  }

  async loadAgents(): Promise<Person[]> {
    if (this.#agents.value) return this.#agents.value;
    const loading = (this.#loadingAgents ??= this.#fetchAgents());
    try {
      return await loading;
    } finally {
      if (this.#loadingAgents === loading) this.#loadingAgents = null;
    }
  }

  async createTicket(input: NewTicket, idempotencyKey: string): Promise<Ticket> {
    const headers = { 'idempotency-key': idempotencyKey };
    const ticket = await this.#api.post<Ticket>('/tickets', { body: plain(input), headers });
    this.#emit('ticket-created', { ticket });
    this.#refreshList();
    return ticket;
  }

  async reply(number: string, input: NewMessage, idempotencyKey: string, version?: number): Promise<Message> {
    const headers: Record<string, string> = { 'idempotency-key': idempotencyKey };
    if (version !== undefined) headers['if-match'] = `"${version}"`;
    let message: Message;
    try {
      message = await this.#api.post<Message>(`${pathOf(number)}/messages`, { body: plain(input), headers });
    } catch (error) {
      // The window may have closed while they typed, or somebody was faster: show the ticket as it is now.
      if ([409, 412].includes((error as ApiError).status ?? 0)) await this.#reload(number);
      throw error;
    }
    this.#thread.patch(number, ({ messages }) => ({
      messages: messages.some((one) => one.id === message.id) ? messages : [...messages, message],
    }));
    this.#emit('reply-sent', { ticket: number, message });
    await this.#settle(number);
    return message;
  }

  /** Sends the mail about a message again. */
  async retryMail(number: string, messageId: string): Promise<void> {
    const path = `${pathOf(number)}/messages/${encodeURIComponent(messageId)}/mail`;
    const message = await this.#api.post<Message>(path, {});
    this.#thread.patch(number, ({ messages }) => ({
      messages: messages.map((one) => (one.id === message.id ? message : one)),
    }));
    await this.#settle(number);
  }

  async changeTicket(number: string, patch: TicketPatch): Promise<Conflict | null> {
    const before = await this.#known(number);
    const conflict = await this.#patchTicket(before, patch);
    if (conflict === null) return null;
    // Their change and this one do not touch: what the person looked at still stands.
    if (sameDesk(before, conflict.current)) {
      const again = await this.#patchTicket(conflict.current, patch);
      if (again === null) return null;
      return { ...again, before };
    }
    return conflict;
  }

  async closeTicket(number: string): Promise<void> {
    await this.#act(number, '/close', {});
  }

  async reopenTicket(number: string, message?: string): Promise<void> {
    await this.#act(number, '/reopen', message === undefined ? {} : { message });
  }

  async deleteTicket(number: string): Promise<void> {
    try {
      await this.#api.send<undefined>('DELETE', pathOf(number));
    } catch (error) {
      // Somebody else deleted it first, or an earlier answer was lost: it is gone either way.
      if ((error as ApiError).code !== 'not_found') throw error;
    }
    removeTicket(this.#tickets, number);
    this.#refreshList();
  }

  async loadSettings(): Promise<{ settings: Settings; version: string }> {
    const { data, etag } = await this.#api.send<Settings>('GET', '/settings');
    return { settings: data, version: etag ?? '*' };
  }

  async saveSettings(settings: Settings, version: string): Promise<{ settings: Settings; version: string }> {
    const headers = { 'if-match': version };
    const { data, etag } = await this.#api.send<Settings>('PUT', '/settings', {
      body: plain(settings),
      headers,
    });
    // The session tells of the switch and the address, too.
    this.#refreshList();
    return { settings: data, version: etag ?? '*' };
  }

  async #fetchAgents(): Promise<Person[]> {
    const { life } = this.#api;
    const { agents } = await this.#api.get<AgentsAnswer>('/agents');
    if (!life.aborted) this.#agents.set(agents);
    return agents;
  }

  async #known(number: string): Promise<Ticket> {
    const { value: thread } = this.#thread.thread;
    if (thread?.number === number && thread.ticket) return thread.ticket;
    return await this.#api.get<Ticket>(pathOf(number));
  }

  /** @returns null when it was changed */
  async #patchTicket(before: Ticket, patch: TicketPatch): Promise<Conflict | null> {
    const headers = { 'if-match': `"${before.version}"` };
    try {
      const ticket = await this.#api.send<Ticket>('PATCH', pathOf(before.number), { body: patch, headers });
      await this.#changed(ticket.data);
      return null;
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'version_mismatch') throw error;
    }
    const current = await this.#api.get<Ticket>(pathOf(before.number));
    await this.#changed(current);
    return { before, current, patch };
  }

  async #act(number: string, action: string, body: object): Promise<void> {
    try {
      await this.#changed(await this.#api.post<Ticket>(`${pathOf(number)}${action}`, { body }));
    } catch (error) {
      // Closed already, or the window is over: show how it stands.
      if ((error as ApiError).status === 409) await this.#reload(number);
      throw error;
    }
  }

  async #changed(ticket: Ticket): Promise<void> {
    this.#thread.patch(ticket.number, () => ({ ticket }));
    replaceTicket(this.#tickets, ticket);
    this.#emit('ticket-updated', { ticket });
    await this.#settle(ticket.number);
  }

  /** The thread before the promise resolves; the list may take its time. */
  async #settle(number: string): Promise<void> {
    this.#refreshList();
    await this.#reload(number);
  }

  /** What was sent is sent: that its echo cannot be loaded is told by the thread, not by the sender's form. */
  async #reload(number: string): Promise<void> {
    await this.#thread.reload(number).catch(() => undefined);
  }

  #refreshList(): void {
    this.#tickets.load().catch(() => undefined);
  }
}

function pathOf(number: string): string {
  return `/tickets/${encodeURIComponent(number)}`;
}

/** Whether what an agent sets is the same: a message in between changes the version, too. */
function sameDesk(one: Ticket, other: Ticket): boolean {
  return (
    one.status === other.status &&
    one.priority === other.priority &&
    one.category === other.category &&
    one.assignee?.id === other.assignee?.id
  );
}
