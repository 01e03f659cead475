import type { enLate } from './en-late.ts';
import type { Translation } from './text.ts';

/** Spanish: what is read once the list is there. */
export const esLate: Translation<typeof enLate> = {
  'app.offline':
    'No tiene conexión. Lo que escriba se conserva; podrá enviarlo cuando vuelva a estar en línea.',
  'app.back-online': 'Vuelve a estar en línea.',
  'action.cancel': 'Cancelar',
  'action.close': 'Cerrar',
  'action.dismiss': 'Descartar',
  'list.search': 'Buscar tickets',
  'list.search.placeholder': 'Buscar por asunto o número',
  'list.search.clear': 'Borrar la búsqueda',
  'list.priority': 'Prioridad',
  'list.category': 'Categoría',
  'list.sort': 'Orden',
  'list.any': 'Todas',
  'list.filters': 'Filtros',
  'list.filters.active': { one: 'Filtro ({count})', many: 'Filtros ({count})', other: 'Filtros ({count})' },
  'list.clear': 'Quitar los filtros',
  'list.sort.newest': 'Más recientes',
  'list.sort.oldest': 'Más antiguos',
  'list.sort.updated': 'Actualizados hace poco',
  'list.sort.priority': 'Prioridad',
  'list.results': { one: '{count} ticket', many: '{count} de tickets', other: '{count} tickets' },
  'list.arrived': 'Ticket nuevo: {subject}',
  'list.answered': 'Respuesta nueva: {subject}',
  'list.arrived.many': {
    one: 'Hay novedades en {count} ticket.',
    many: 'Hay novedades en {count} de tickets.',
    other: 'Hay novedades en {count} tickets.',
  },
  'failure.timeout': 'El soporte tardó demasiado en responder.',
  'failure.rate_limited': 'Ha sido mucho de una vez. Inténtelo de nuevo en {seconds} s.',
  'failure.internal': 'Algo ha fallado por nuestra parte.',
  'failure.other': 'Algo ha fallado: {detail}',
};
