/**
 * What everybody reads, from the first view on. `{places}` are filled in; `{one, other}` picks by `{count}`.
 *
 * A key that is added here, or in a file `en-*.ts` beside it, is added to the same file of every language: the type
 * check and `languages.test.ts` ask for each key, each place and each plural category.
 */
export const en = {
  'app.title': 'Support',
  'app.loading': 'Loading support…',
  'app.failed': 'Support could not be loaded.',
  'action.retry': 'Try again',
  'action.create': 'Create Ticket',

  'status.open': 'Open',
  'status.in_progress': 'In Progress',
  'status.waiting_user': 'Waiting User',
  'status.resolved': 'Resolved',
  'status.closed': 'Closed',
  'priority.low': 'Low',
  'priority.normal': 'Normal',
  'priority.high': 'High',
  'priority.urgent': 'Urgent',
  'category.billing': 'Billing',
  'category.technical': 'Technical',
  'category.account': 'Account',
  'category.general': 'General',

  'badges.label': 'Tickets by status',
  'badges.badge': '{status} {count}',
  'list.label': 'Tickets',
  'list.more.busy': 'Loading…',
  'list.empty': 'No tickets yet. Ask us anything.',
  'list.failed': 'The tickets could not be loaded.',
  'list.unread': 'New reply',
  'card.opened': 'Opened {date}',

  'failure.unreachable': 'Support cannot be reached right now.',
  'link.new-tab': 'opens in a new tab',
} as const;
