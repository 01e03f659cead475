import type { enLate } from './en-late.ts';
import type { Translation } from './text.ts';

/** German: what is read once the list is there. */
export const deLate: Translation<typeof enLate> = {
  'app.offline':
    'Sie sind offline. Was Sie schreiben, bleibt erhalten; senden können Sie, sobald Sie wieder verbunden sind.',
  'app.back-online': 'Sie sind wieder online.',
  'action.cancel': 'Abbrechen',
  'action.close': 'Schließen',
  'action.dismiss': 'Ausblenden',
  'list.search': 'Tickets durchsuchen',
  'list.search.placeholder': 'Betreff oder Nummer suchen',
  'list.search.clear': 'Suche leeren',
  'list.priority': 'Priorität',
  'list.category': 'Kategorie',
  'list.sort': 'Sortierung',
  'list.any': 'Alle',
  'list.filters': 'Filter',
  'list.filters.active': { one: 'Filter ({count})', other: 'Filter ({count})' },
  'list.clear': 'Filter zurücksetzen',
  'list.sort.newest': 'Neueste',
  'list.sort.oldest': 'Älteste',
  'list.sort.updated': 'Zuletzt aktualisiert',
  'list.sort.priority': 'Priorität',
  'list.results': { one: '{count} Ticket', other: '{count} Tickets' },
  'list.arrived': 'Neues Ticket: {subject}',
  'list.answered': 'Neue Antwort: {subject}',
  'list.arrived.many': { one: 'Neues in {count} Ticket.', other: 'Neues in {count} Tickets.' },
  'failure.timeout': 'Der Support hat nicht rechtzeitig geantwortet.',
  'failure.rate_limited': 'Das war viel auf einmal. Versuchen Sie es in {seconds} s erneut.',
  'failure.internal': 'Bei uns ist etwas schiefgegangen.',
  'failure.other': 'Etwas ist schiefgegangen: {detail}',
};
