import type { enLate } from './en-late.ts';
import type { Translation } from './text.ts';

/** French: what is read once the list is there. */
export const frLate: Translation<typeof enLate> = {
  'app.offline':
    'Vous êtes hors ligne. Ce que vous écrivez est conservé ; l’envoi reprendra dès que vous serez reconnecté.',
  'app.back-online': 'Vous êtes de nouveau en ligne.',
  'action.cancel': 'Annuler',
  'action.close': 'Fermer',
  'action.dismiss': 'Masquer',
  'list.search': 'Rechercher des tickets',
  'list.search.placeholder': 'Rechercher par objet ou numéro',
  'list.search.clear': 'Effacer la recherche',
  'list.priority': 'Priorité',
  'list.category': 'Catégorie',
  'list.sort': 'Tri',
  'list.any': 'Toutes',
  'list.filters': 'Filtres',
  'list.filters.active': { one: 'Filtre ({count})', many: 'Filtres ({count})', other: 'Filtres ({count})' },
  'list.clear': 'Effacer les filtres',
  'list.sort.newest': 'Plus récents',
  'list.sort.oldest': 'Plus anciens',
  'list.sort.updated': 'Mis à jour récemment',
  'list.sort.priority': 'Priorité',
  'list.results': { one: '{count} ticket', many: '{count} de tickets', other: '{count} tickets' },
  'list.arrived': 'Nouveau ticket : {subject}',
  'list.answered': 'Nouvelle réponse : {subject}',
  'list.arrived.many': {
    one: 'Du nouveau dans {count} ticket.',
    many: 'Du nouveau dans {count} de tickets.',
    other: 'Du nouveau dans {count} tickets.',
  },
  'failure.timeout': 'L’assistance a mis trop de temps à répondre.',
  'failure.rate_limited': 'Cela fait beaucoup d’un coup. Réessayez dans {seconds} s.',
  'failure.internal': 'Un problème est survenu de notre côté.',
  'failure.other': 'Un problème est survenu : {detail}',
};
