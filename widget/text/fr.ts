import type { en } from './en.ts';
import type { Translation } from './text.ts';

/** French: what everybody reads. */
export const fr: Translation<typeof en> = {
  'app.title': 'Assistance',
  'app.loading': 'Chargement de l’assistance…',
  'app.failed': 'L’assistance n’a pas pu être chargée.',
  'action.retry': 'Réessayer',
  'action.create': 'Créer un ticket',

  'status.open': 'Ouvert',
  'status.in_progress': 'En cours',
  'status.waiting_user': 'En attente',
  'status.resolved': 'Résolu',
  'status.closed': 'Fermé',
  'priority.low': 'Basse',
  'priority.normal': 'Normale',
  'priority.high': 'Haute',
  'priority.urgent': 'Urgente',
  'category.billing': 'Facturation',
  'category.technical': 'Technique',
  'category.account': 'Compte',
  'category.general': 'Général',

  'badges.label': 'Tickets par statut',
  'badges.badge': '{status} {count}',
  'list.label': 'Tickets',
  'list.more.busy': 'Chargement…',
  'list.empty': 'Aucun ticket pour l’instant. Posez-nous vos questions.',
  'list.failed': 'Les tickets n’ont pas pu être chargés.',
  'list.unread': 'Nouvelle réponse',
  'card.opened': 'Ouvert {date}',

  'failure.unreachable': 'L’assistance est injoignable pour le moment.',
  'link.new-tab': 's’ouvre dans un nouvel onglet',
};
