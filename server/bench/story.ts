import {
  CATEGORIES,
  type Category,
  type HistoryType,
  type Priority,
  type Role,
  type Status,
} from '../contract/vocabulary.ts';
import { enterStatus, type StatusStamps } from '../rules/transitions.ts';
import { writeAnswer, writeDescription, writeFollowUp, writeNote, writeSubject } from './phrases.ts';
import type { Random } from './random.ts';
import { APPS } from './vocabulary.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

export interface Somebody {
  id: number;
  name: string;
  role: Role;
}

export interface ToldMessage {
  author: Somebody;
  body: string;
  internal: boolean;
  at: number;
}

export interface ToldEntry {
  /** null: the support center itself. */
  actor: Somebody | null;
  type: HistoryType;
  from: string | null;
  to: string | null;
  /** Which message of the story it is about. */
  message: number | null;
  internal: boolean;
  at: number;
}

/** One ticket as it would have come about through the rules of `server/rules/`. */
export interface Story {
  subject: string;
  priority: Priority;
  category: Category;
  relatedApp: string | null;
  stamps: StatusStamps;
  assignee: Somebody | null;
  createdAt: number;
  updatedAt: number;
  firstRespondedAt: number | null;
  /** Changes that clients see, the creation included. */
  version: number;
  messages: ToldMessage[];
  entries: ToldEntry[];
}

const STATUSES_BY_SHARE: ReadonlyArray<readonly [Status, number]> = [
  ['open', 15],
  ['in_progress', 11],
  ['waiting_user', 10],
  ['resolved', 14],
  ['closed', 50],
];
const PRIORITIES_BY_SHARE: ReadonlyArray<readonly [Priority, number]> = [
  ['low', 20],
  ['normal', 48],
  ['high', 23],
  ['urgent', 9],
];
const CATEGORIES_BY_SHARE: ReadonlyArray<readonly [Category, number]> = CATEGORIES.map(
  (category) => [category, { billing: 24, technical: 40, account: 21, general: 15 }[category]] as const,
);

/**
 * Tells the story of one ticket.
 *
 * @param createdAt milliseconds since 1970 UTC, at most `now`; nothing in the story is later than `now`
 */
export function tellStory(
  random: Random,
  requester: Somebody,
  agents: readonly Somebody[],
  createdAt: number,
  now: number,
): Story {
  const category = random.weighted(CATEGORIES_BY_SHARE);
  const story: Story = {
    subject: writeSubject(random, category),
    priority: random.weighted(PRIORITIES_BY_SHARE),
    category,
    relatedApp: random.chance(0.4) ? random.pick(APPS) : null,
    stamps: enterStatus('open', createdAt),
    assignee: null,
    createdAt,
    updatedAt: createdAt,
    firstRespondedAt: null,
    version: 1,
    messages: [],
    entries: [],
  };
  new Teller(random, story, requester, random.pick(agents), now).tell(random.weighted(STATUSES_BY_SHARE));
  return story;
}

/** Plays the client and the agent in turn until the ticket is where it should be. */
class Teller {
  readonly #random: Random;
  readonly #story: Story;
  readonly #requester: Somebody;
  readonly #agent: Somebody;
  readonly #now: number;
  #at: number;

  constructor(random: Random, story: Story, requester: Somebody, agent: Somebody, now: number) {
    this.#random = random;
    this.#story = story;
    this.#requester = requester;
    this.#agent = agent;
    this.#now = now;
    this.#at = story.createdAt;
  }

  tell(target: Status): void {
    const random = this.#random;
    this.#say(this.#requester, writeDescription(random), 'created');
    if (target === 'open') {
      if (random.chance(0.35)) this.#assign();
      if (random.chance(0.15)) this.#reply(this.#requester, writeFollowUp(random));
      if (random.chance(0.1)) this.#note();
      return;
    }
    this.#assign();
    if (random.chance(0.2)) this.#note();
    for (let round = random.int(0, 2); round > 0; round -= 1) this.#exchange();
    if (target === 'in_progress') this.#exchange();
    else if (target === 'waiting_user') this.#answer('waiting_user');
    else this.#finish(target);
  }

  #exchange(): void {
    this.#answer('waiting_user');
    this.#reply(this.#requester, writeFollowUp(this.#random));
    this.#enter('in_progress', this.#requester);
  }

  #finish(target: Status): void {
    // Auto-close is on by default: what is still resolved was resolved in the last days.
    if (target === 'resolved') this.#at = Math.max(this.#at, this.#now - 5 * DAY_MS);
    this.#answer('resolved');
    if (target !== 'closed') return;
    const byItself = this.#random.chance(0.6) && this.#at + 7 * DAY_MS <= this.#now;
    if (byItself) this.#at += 7 * DAY_MS;
    else this.#pass(6);
    this.#enter('closed', byItself ? null : this.#agent);
    this.#touch();
  }

  #answer(status: Status): void {
    this.#reply(this.#agent, writeAnswer(this.#random));
    this.#story.firstRespondedAt ??= this.#at;
    this.#enter(status, this.#agent);
  }

  #reply(author: Somebody, body: string): void {
    this.#pass(3);
    this.#say(author, body, 'replied');
    this.#touch();
  }

  #note(): void {
    this.#pass(1);
    this.#say(this.#agent, writeNote(this.#random), 'noted');
  }

  #assign(): void {
    this.#pass(1);
    this.#story.assignee = this.#agent;
    this.#record(this.#agent, 'assignee', null, this.#agent.name);
    this.#touch();
  }

  #enter(status: Status, actor: Somebody | null): void {
    const before = this.#story.stamps.status;
    if (before !== status) this.#record(actor, 'status', before, status);
    this.#story.stamps = enterStatus(status, this.#at);
    this.#story.updatedAt = this.#at;
  }

  #say(author: Somebody, body: string, type: 'created' | 'replied' | 'noted'): void {
    const internal = type === 'noted';
    const message = this.#story.messages.push({ author, body, internal, at: this.#at }) - 1;
    this.#record(author, type, null, null, message);
  }

  #record(
    actor: Somebody | null,
    type: HistoryType,
    from: string | null,
    to: string | null,
    message: number | null = null,
  ): void {
    const internal = type === 'noted';
    this.#story.entries.push({ actor, type, from, to, message, internal, at: this.#at });
  }

  #touch(): void {
    this.#story.version += 1;
    this.#story.updatedAt = this.#at;
  }

  /** Lets up to `days` go by, never past the present. */
  #pass(days: number): void {
    const left = this.#now - this.#at;
    this.#at += Math.floor(Math.min(left, days * DAY_MS) * this.#random.next() ** 2);
  }
}
