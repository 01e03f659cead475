import type { en } from './en.ts';
import type { Translation } from './text.ts';

/** Brazilian Portuguese: what everybody reads. */
export const ptBr: Translation<typeof en> = {
  'app.title': 'Suporte',
  'app.loading': 'Carregando o suporte…',
  'app.signed-out': 'Você saiu do suporte.',
  'app.signed-out.hint': 'Recarregue a página ou entre novamente para ver seus tickets.',
  'app.failed': 'Não foi possível carregar o suporte.',
  'app.external': 'Abrir a central de ajuda',
  'app.external.hint': 'Nossa equipe de suporte responde na central de ajuda, que abre em uma nova guia.',
  'action.retry': 'Tentar novamente',
  'action.settings': 'Configurações',
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

  'failure.offline': 'Você está offline.',
  'failure.unreachable': 'Não é possível acessar o suporte no momento.',
  'link.new-tab': 'abre em uma nova guia',
};
