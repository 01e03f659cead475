import type { en } from './en.ts';
import type { Translation } from './text.ts';

/** Japanese: what everybody reads. */
export const ja: Translation<typeof en> = {
  'app.title': 'サポート',
  'app.loading': 'サポートを読み込んでいます…',
  'app.failed': 'サポートを読み込めませんでした。',
  'action.retry': '再試行',
  'action.create': 'チケットを作成',

  'status.open': '未対応',
  'status.in_progress': '対応中',
  'status.waiting_user': '返信待ち',
  'status.resolved': '解決済み',
  'status.closed': 'クローズ',
  'priority.low': '低',
  'priority.normal': '通常',
  'priority.high': '高',
  'priority.urgent': '緊急',
  'category.billing': '請求',
  'category.technical': '技術',
  'category.account': 'アカウント',
  'category.general': '一般',

  'badges.label': 'ステータス別のチケット',
  'badges.badge': '{status} {count}',
  'list.label': 'チケット',
  'list.more.busy': '読み込み中…',
  'list.empty': 'チケットはまだありません。お気軽にご質問ください。',
  'list.failed': 'チケットを読み込めませんでした。',
  'list.unread': '新しい返信',
  'card.opened': '{date}に作成',

  'failure.unreachable': '現在サポートに接続できません。',
  'link.new-tab': '新しいタブで開きます',
};
