import type { Category, Priority, Status } from '../../contract/vocabulary.ts';

/** The English labels that mails share with the element. */
export const STATUS_WORDS: Record<Status, string> = {
  open: 'Open',
  in_progress: 'In Progress',
  waiting_user: 'Waiting User',
  resolved: 'Resolved',
  closed: 'Closed',
};
export const PRIORITY_WORDS: Record<Priority, string> = {
  low: 'Low',
  normal: 'Normal',
  high: 'High',
  urgent: 'Urgent',
};
export const CATEGORY_WORDS: Record<Category, string> = {
  billing: 'Billing',
  technical: 'Technical',
  account: 'Account',
  general: 'General',
};

export function inDays(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}
