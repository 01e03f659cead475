import type { en } from './en.ts';
import type { Translation } from './text.ts';

/** Spanish: what everybody reads. */
export const es: Translation<typeof en> = {
  'app.title': 'Soporte',
  'app.loading': 'Cargando el soporte…',
  'app.signed-out': 'Ha cerrado la sesión del soporte.',
  'app.signed-out.hint': 'Recargue la página o inicie sesión de nuevo para ver sus tickets.',
  'app.failed': 'No se pudo cargar el soporte.',
  'app.external': 'Abrir el centro de ayuda',
  'app.external.hint':
    'Nuestro equipo de soporte responde en el centro de ayuda, que se abre en una pestaña nueva.',
  'action.retry': 'Reintentar',
  'action.settings': 'Ajustes',
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

  'failure.offline': 'No tiene conexión.',
  'failure.unreachable': 'No se puede contactar con el soporte en este momento.',
  'link.new-tab': 'se abre en una pestaña nueva',
};
