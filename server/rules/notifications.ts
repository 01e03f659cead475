import type { Settings } from '../contract/settings.ts';
import type { NotificationKind } from '../contract/vocabulary.ts';
import type { Role, Status } from '../contract/vocabulary.ts';

/** What can happen to a ticket that somebody may want a mail about. A note is not among it. */
export type NewsKind =
  'created' | 'agentReply' | 'clientReply' | 'resolved' | 'closed' | 'assigned' | 'reminder';

export type Audience = 'requester' | 'assignee' | 'team';

/** One mail that is due. */
export interface Notification {
  kind: NotificationKind;
  audience: Audience;
  to: string;
}

interface Person {
  id: number;
  email: string;
}

export interface NotificationInput {
  kind: NewsKind;
  /** After the change. */
  status: Status;
  /** The same step brought it into this status. */
  statusChanged: boolean;
  requester: Person;
  assignee: (Person & { role: Role }) | null;
  /** null: the support center itself, such as auto-close. */
  actor: Person | null;
}

/**
 * Decides who is mailed about what. Nobody is mailed about their own action, except that a
 * requester gets the confirmation. A reply that also resolves or closes is one mail; only where the
 * mails about replies are switched off may the change of status get its own.
 */
export function chooseNotifications(
  news: NotificationInput,
  settings: Pick<Settings, 'notifications' | 'notificationEmail'>,
): Notification[] {
  const { requester, assignee, actor } = news;
  const on = settings.notifications;
  const due: Notification[] = [];
  const toRequester = (kind: NotificationKind) => {
    if (on[kind] && actor?.id !== requester.id)
      due.push({ kind, audience: 'requester', to: requester.email });
  };
  const toAssignee = (kind: NotificationKind) => {
    if (!assignee || assignee.role === 'client' || assignee.id === actor?.id) return;
    if (on[kind]) due.push({ kind, audience: 'assignee', to: assignee.email });
  };

  switch (news.kind) {
    case 'created':
      if (on.confirmation) due.push({ kind: 'confirmation', audience: 'requester', to: requester.email });
      if (on.newTicket && settings.notificationEmail && !isSame(settings.notificationEmail, actor?.email)) {
        due.push({ kind: 'newTicket', audience: 'team', to: settings.notificationEmail });
      }
      break;
    case 'agentReply':
      if (on.agentReply) toRequester('agentReply');
      else if (news.statusChanged && news.status === 'resolved') toRequester('resolved');
      else if (news.statusChanged && news.status === 'closed') toRequester('closed');
      break;
    case 'resolved':
    case 'closed':
    case 'reminder':
      toRequester(news.kind);
      break;
    case 'clientReply':
    case 'assigned':
      toAssignee(news.kind);
      break;
  }
  return due;
}

function isSame(a: string, b: string | undefined): boolean {
  return a.toLowerCase() === b?.toLowerCase();
}
