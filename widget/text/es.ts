import type { en } from './en.ts';
import type { Translation } from './text.ts';

/** Spanish: what everybody reads. */
export const es: Translation<typeof en> = {
  'app.title': 'Soporte',
  'app.loading': 'Cargando el soporte…',
  'app.failed': 'No se pudo cargar el soporte.',
  'action.retry': 'Reintentar',
  'action.create': 'Crear ticket',

  'status.open': 'Abierto',
  'status.in_progress': 'En curso',
  'status.waiting_user': 'En espera',
  'status.resolved': 'Resuelto',
  'status.closed': 'Cerrado',
  'priority.low': 'Baja',
  'priority.normal': 'Normal',
  'priority.high': 'Alta',
  'priority.urgent': 'Urgente',
  'category.billing': 'Facturación',
  'category.technical': 'Técnica',
  'category.account': 'Cuenta',
  'category.general': 'General',

  'badges.label': 'Tickets por estado',
  'badges.badge': '{status} {count}',
  'list.label': 'Tickets',
  'list.more.busy': 'Cargando…',
  'list.empty': 'Aún no hay tickets. Pregúntenos lo que quiera.',
  'list.failed': 'No se pudieron cargar los tickets.',
  'list.unread': 'Respuesta nueva',
  'card.opened': 'Abierto {date}',

  'failure.unreachable': 'No se puede contactar con el soporte en este momento.',
  'link.new-tab': 'se abre en una pestaña nueva',
};
