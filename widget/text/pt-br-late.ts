import type { enLate } from './en-late.ts';
import type { Translation } from './text.ts';

/** Brazilian Portuguese: what is read once the list is there. */
export const ptBrLate: Translation<typeof enLate> = {
  'app.offline':
    'Você está offline. O que você digitar fica guardado; o envio volta a funcionar quando você estiver on-line.',
  'app.back-online': 'Você está on-line novamente.',
  'action.cancel': 'Cancelar',
  'action.close': 'Fechar',
  'action.dismiss': 'Dispensar',
  'list.search': 'Buscar tickets',
  'list.search.placeholder': 'Buscar por assunto ou número',
  'list.search.clear': 'Limpar a busca',
  'list.priority': 'Prioridade',
  'list.category': 'Categoria',
  'list.sort': 'Ordem',
  'list.any': 'Todas',
  'list.filters': 'Filtros',
  'list.filters.active': { one: 'Filtro ({count})', many: 'Filtros ({count})', other: 'Filtros ({count})' },
  'list.clear': 'Limpar filtros',
  'list.sort.newest': 'Mais recentes',
  'list.sort.oldest': 'Mais antigos',
  'list.sort.updated': 'Atualizados recentemente',
  'list.sort.priority': 'Prioridade',
  'list.results': { one: '{count} ticket', many: '{count} de tickets', other: '{count} tickets' },
  'list.arrived': 'Novo ticket: {subject}',
  'list.answered': 'Nova resposta: {subject}',
  'list.arrived.many': {
    one: 'Há novidades em {count} ticket.',
    many: 'Há novidades em {count} de tickets.',
    other: 'Há novidades em {count} tickets.',
  },
  'failure.timeout': 'O suporte demorou demais para responder.',
  'failure.rate_limited': 'Foi muita coisa de uma vez. Tente novamente em {seconds} s.',
  'failure.internal': 'Algo deu errado do nosso lado.',
  'failure.other': 'Algo deu errado: {detail}',
};
