import type { en } from './en.ts';
import type { Translation } from './text.ts';

/** German: what everybody reads. */
export const de: Translation<typeof en> = {
  'app.title': 'Support',
  'app.loading': 'Support wird geladen…',
  'app.signed-out': 'Sie sind vom Support abgemeldet.',
  'app.signed-out.hint': 'Laden Sie die Seite neu oder melden Sie sich wieder an, um Ihre Tickets zu sehen.',
  'app.failed': 'Der Support konnte nicht geladen werden.',
  'app.external': 'Hilfe-Center öffnen',
  'app.external.hint': 'Unser Support-Team antwortet im Hilfe-Center, das sich in einem neuen Tab öffnet.',
  'action.retry': 'Erneut versuchen',
  'action.settings': 'Einstellungen',
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

  'failure.offline': 'Sie sind offline.',
  'failure.unreachable': 'Der Support ist gerade nicht erreichbar.',
  'link.new-tab': 'öffnet sich in einem neuen Tab',
};
