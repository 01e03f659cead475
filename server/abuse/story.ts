import fc from 'fast-check';
import type { Ticket } from '../contract/tickets.ts';
import { CATEGORIES, PRIORITIES, STATUSES, type Status } from '../contract/vocabulary.ts';
import { runAutoClose } from '../tickets/auto-close.ts';
import type { TestApp } from '../testing/test-app.ts';
import { readTicket } from '../testing/tickets.ts';
import { ADMIN, AGENT, CLIENT, OTHER_AGENT } from '../testing/users.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** One thing that can happen to a ticket. */
export type Action =
  | { kind: 'clientReply' | 'note' | 'close' | 'agentReopen' | 'autoClose' | 'read' }
  | { kind: 'clientReopen'; withMessage: boolean }
  | { kind: 'agentReply'; status?: Status }
  | {
      kind: 'patch';
      patch: { status?: Status; priority?: string; category?: string; assigneeId?: string | null };
    }
  | { kind: 'advance'; ms: number };

const status = fc.constantFrom(...STATUSES);
const patch = fc
  .record(
    {
      status,
      priority: fc.constantFrom(...PRIORITIES),
      category: fc.constantFrom(...CATEGORIES),
      assigneeId: fc.constantFrom(AGENT.sub, OTHER_AGENT.sub, null),
    },
    { requiredKeys: [] },
  )
  .filter((one) => Object.keys(one).length > 0);

/** Any sequence of these. Times lie at the edges of the windows of seven days. */
export const stories: fc.Arbitrary<Action[]> = fc.array(
  fc.oneof(
    fc.constantFrom<Action>(
      { kind: 'clientReply' },
      { kind: 'note' },
      { kind: 'note' },
      { kind: 'close' },
      { kind: 'agentReopen' },
      { kind: 'autoClose' },
      { kind: 'read' },
    ),
    fc.record({ kind: fc.constant('clientReopen' as const), withMessage: fc.boolean() }),
    fc.record({ kind: fc.constant('agentReply' as const), status: fc.option(status, { nil: undefined }) }),
    fc.record({ kind: fc.constant('patch' as const), patch }),
    fc.record({
      kind: fc.constant('advance' as const),
      ms: fc.constantFrom(1, MINUTE, DAY, 5 * DAY, 7 * DAY - 1, 7 * DAY, 7 * DAY + 1),
    }),
  ),
  { maxLength: 25 },
);

/** @returns the status of the answer; 200 where there is none */
export async function act(test: TestApp, number: string, action: Action): Promise<number> {
  const path = `/api/tickets/${number}`;
  switch (action.kind) {
    case 'advance':
      test.clock.advance(action.ms);
      return 200;
    case 'autoClose':
      await runAutoClose(test.deps);
      return 200;
    case 'read':
      return (await test.as(CLIENT).get(`${path}/messages`)).status;
    case 'note':
      return (await test.as(OTHER_AGENT).post(`${path}/messages`, { body: 'zxq7note', internal: true }))
        .status;
    case 'clientReply':
      return (await test.as(CLIENT).post(`${path}/messages`, { body: 'Words of the client.' })).status;
    case 'clientReopen':
      return (await test.as(CLIENT).post(`${path}/reopen`, action.withMessage ? { message: 'Again.' } : {}))
        .status;
    case 'agentReply':
      return (
        await test.as(AGENT).post(`${path}/messages`, { body: 'Words of an agent.', status: action.status })
      ).status;
    case 'close':
      return (await test.as(ADMIN).post(`${path}/close`)).status;
    case 'agentReopen':
      return (await test.as(ADMIN).post(`${path}/reopen`)).status;
    case 'patch':
      return (await test.as(ADMIN).patch(path, action.patch, { 'if-match': '*' })).status;
  }
}

/** What the contract's rules say of a ticket, written down once more and apart from the server's own. */
export class Model {
  status: Status = 'open';
  assignee: string | null = null;
  /** When it entered its status. */
  since: number;
  closedAt: number | null = null;
  responded = false;
  messages = 1;
  #reminded = false;
  #remindedAt = 0;

  constructor(now: number) {
    this.since = now;
  }

  /** @returns the status that the answer must have */
  apply(action: Action, now: number): number {
    const isLate = this.closedAt !== null && now > this.closedAt + 7 * DAY;
    const back = this.assignee === null ? 'open' : 'in_progress';
    const isIdle = this.status === 'waiting_user' || this.status === 'resolved' || this.status === 'closed';
    switch (action.kind) {
      case 'clientReply':
        if (isLate) return 409;
        this.messages += 1;
        if (isIdle) this.#enter(back, now);
        return 201;
      case 'clientReopen':
        if (isLate) return 409;
        if (action.withMessage) this.messages += 1;
        if (isIdle) this.#enter(back, now);
        return 200;
      case 'agentReply':
        this.messages += 1;
        this.responded = true;
        this.assignee ??= AGENT.sub;
        this.#enter(action.status ?? 'waiting_user', now, true);
        return 201;
      case 'patch':
        if (action.patch.assigneeId !== undefined) this.assignee = action.patch.assigneeId;
        if (action.patch.status) this.#enter(action.patch.status, now);
        return 200;
      case 'close':
        if (this.status === 'closed') return 409;
        this.#enter('closed', now);
        return 200;
      case 'agentReopen':
        if (this.status === 'closed' || this.status === 'resolved') this.#enter(back, now);
        return 200;
      case 'autoClose':
        this.#autoClose(now);
        return 200;
      case 'note':
        return 201;
      default:
        return 200;
    }
  }

  #enter(next: Status, now: number, anew = false): void {
    if (next === this.status && !(anew && next === 'waiting_user')) return;
    this.status = next;
    this.since = now;
    this.closedAt = next === 'closed' ? now : null;
    this.#reminded = false;
  }

  /** Seven days resolved: closed. Five days waiting: resolved, but never before the reminder is two days old. */
  #autoClose(now: number): void {
    if (this.status === 'resolved' && now >= this.since + 7 * DAY) this.#enter('closed', now);
    else if (this.status === 'waiting_user' && !this.#reminded && now >= this.since + 3 * DAY) {
      this.#reminded = true;
      this.#remindedAt = now;
    } else if (this.status === 'waiting_user' && this.#reminded) {
      if (now >= Math.max(this.since + 5 * DAY, this.#remindedAt + 2 * DAY)) this.#enter('resolved', now);
    }
  }
}

/** The ticket as the model knows it, and as its client is told. */
export async function compare(
  test: TestApp,
  number: string,
  model: Model,
): Promise<[told: object, expected: object]> {
  const ticket: Ticket = await readTicket(test.as(CLIENT), number);
  const instant = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
  return [
    {
      status: ticket.status,
      assignee: ticket.assignee?.id ?? null,
      messageCount: ticket.messageCount,
      closedAt: ticket.closedAt,
      resolvedAt: ticket.resolvedAt,
      reopenableUntil: ticket.reopenableUntil,
      responded: ticket.firstRespondedAt !== null,
    },
    {
      status: model.status,
      assignee: model.assignee,
      messageCount: model.messages,
      closedAt: instant(model.closedAt),
      resolvedAt: model.status === 'resolved' ? instant(model.since) : null,
      reopenableUntil: instant(model.closedAt === null ? null : model.closedAt + 7 * DAY),
      responded: model.responded,
    },
  ];
}
