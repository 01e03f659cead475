import type { en } from './en.ts';
import type { Translation } from './text.ts';

/** Brazilian Portuguese: what everybody reads. */
export const ptBr: Translation<typeof en> = {
  'app.title': 'Suporte',
  'app.loading': 'Carregando o suporte…',
  'app.failed': 'Não foi possível carregar o suporte.',
  'action.retry': 'Tentar novamente',
  'action.create': 'Criar ticket',

  'status.open': 'Aberto',
  'status.in_progress': 'Em andamento',
  'status.waiting_user': 'Aguardando',
  'status.resolved': 'Resolvido',
  'status.closed': 'Fechado',
  'priority.low': 'Baixa',
  'priority.normal': 'Normal',
  'priority.high': 'Alta',
  'priority.urgent': 'Urgente',
  'category.billing': 'Cobrança',
  'category.technical': 'Técnica',
  'category.account': 'Conta',
  'category.general': 'Geral',

  'badges.label': 'Tickets por status',
  'badges.badge': '{status} {count}',
  'list.label': 'Tickets',
  'list.more.busy': 'Carregando…',
  'list.empty': 'Nenhum ticket ainda. Pergunte o que quiser.',
  'list.failed': 'Não foi possível carregar os tickets.',
  'list.unread': 'Nova resposta',
  'card.opened': 'Aberto {date}',

  'failure.unreachable': 'Não é possível acessar o suporte no momento.',
  'link.new-tab': 'abre em uma nova guia',
};
