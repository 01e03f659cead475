import type { Random } from './random.ts';

export interface NextRequest {
  kind: 'list' | 'filtered list' | 'search' | 'badges' | 'thread' | 'create' | 'reply' | 'change';
  method: 'GET' | 'POST' | 'PATCH';
  path: string;
  body?: unknown;
}

/** A ticket of a list, as far as it matters to what one does with it. */
export interface Seen {
  number: string;
  isClosed: boolean;
}

type Kind = NextRequest['kind'];

/** What the element asks for with every list: one round trip for everything on screen. */
const WITH_ALL = 'limit=25&include=counts&include=session&include=unread&include=position';
/** How often each is done. Clients look and answer; agents work through lists. */
const HABITS: Record<'client' | 'agent', ReadonlyArray<readonly [Kind, number]>> = {
  client: [
    ['list', 40],
    ['filtered list', 5],
    ['badges', 5],
    ['thread', 33],
    ['search', 5],
    ['create', 3],
    ['reply', 9],
  ],
  agent: [
    ['list', 15],
    ['filtered list', 20],
    ['badges', 5],
    ['thread', 25],
    ['search', 12],
    ['reply', 12],
    ['change', 11],
  ],
};
const FILTERS = [
  'status=open',
  'status=open&priority=urgent',
  'category=billing&sort=updated',
  'sort=priority',
  'status=waiting_user',
];
const WORDS = [
  'invoice',
  'cannot sign',
  'export',
  'dash',
  'webhook',
  '10',
  'SUP-10',
  'refund order',
  'vat',
  'in',
];

/**
 * What a person does next.
 *
 * @param own the tickets last seen in a list
 */
export function nextRequest(
  random: Random,
  role: 'client' | 'agent',
  own: readonly Seen[],
  tickets: number,
): NextRequest {
  let kind = random.weighted(HABITS[role]);
  // There is no ticket to open before a list was seen, and the element lets nobody write to one closed long ago.
  const open = kind === 'reply' ? own.filter(({ isClosed }) => !isClosed) : own;
  if (open.length === 0 && (kind === 'thread' || kind === 'reply' || kind === 'change')) kind = 'list';
  const number =
    role === 'agent' && random.chance(0.5)
      ? `SUP-${random.int(1001, 1000 + tickets)}`
      : open[0] && random.pick(open).number;
  const ticket = `/api/tickets/${number}`;
  switch (kind) {
    case 'list':
      return { kind, method: 'GET', path: `/api/tickets?sort=newest&${WITH_ALL}` };
    case 'filtered list': {
      const mine = role === 'agent' && random.chance(0.3) ? '&assignee=me' : '';
      return { kind, method: 'GET', path: `/api/tickets?${random.pick(FILTERS)}${mine}&${WITH_ALL}` };
    }
    case 'search':
      return {
        kind,
        method: 'GET',
        path: `/api/tickets?q=${encodeURIComponent(random.pick(WORDS))}&${WITH_ALL}`,
      };
    case 'badges':
      return { kind, method: 'GET', path: '/api/tickets/counts' };
    case 'thread':
      return { kind, method: 'GET', path: `${ticket}/messages?limit=100` };
    case 'create': {
      const body = {
        subject: `Import stops at row ${random.int(1, 9999)}`,
        category: random.pick(['billing', 'technical', 'account', 'general']),
        priority: random.pick(['low', 'normal', 'high', 'urgent']),
        description: 'It stops without a word, in every browser that we have tried so far.',
      };
      return { kind, method: 'POST', path: '/api/tickets', body };
    }
    case 'reply':
      return {
        kind,
        method: 'POST',
        path: `${ticket}/messages`,
        body: { body: 'Any news on this? It still happens.' },
      };
    case 'change': {
      const body = {
        status: random.pick(['open', 'in_progress', 'resolved']),
        priority: random.pick(['normal', 'high']),
      };
      return { kind, method: 'PATCH', path: ticket, body };
    }
  }
}
