import type { en } from './en.ts';
import type { Translation } from './text.ts';

/** German: what everybody reads. */
export const de: Translation<typeof en> = {
  'app.title': 'Support',
  'app.loading': 'Support wird geladen…',
  'app.failed': 'Der Support konnte nicht geladen werden.',
  'action.retry': 'Erneut versuchen',
  'action.create': 'Ticket erstellen',

  'status.open': 'Offen',
  'status.in_progress': 'In Bearbeitung',
  'status.waiting_user': 'Wartend',
  'status.resolved': 'Gelöst',
  'status.closed': 'Geschlossen',
  'priority.low': 'Niedrig',
  'priority.normal': 'Normal',
  'priority.high': 'Hoch',
  'priority.urgent': 'Dringend',
  'category.billing': 'Abrechnung',
  'category.technical': 'Technik',
  'category.account': 'Konto',
  'category.general': 'Allgemein',

  'badges.label': 'Tickets nach Status',
  'badges.badge': '{status} {count}',
  'list.label': 'Tickets',
  'list.more.busy': 'Wird geladen…',
  'list.empty': 'Noch keine Tickets. Fragen Sie uns gern.',
  'list.failed': 'Die Tickets konnten nicht geladen werden.',
  'list.unread': 'Neue Antwort',
  'card.opened': 'Eröffnet {date}',

  'failure.unreachable': 'Der Support ist gerade nicht erreichbar.',
  'link.new-tab': 'öffnet sich in einem neuen Tab',
};
