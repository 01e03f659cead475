import type { enLate } from './en-late.ts';
import type { Translation } from './text.ts';

/** Japanese: what is read once the list is there. */
export const jaLate: Translation<typeof enLate> = {
  'app.offline': 'オフラインです。入力内容は保持され、接続が戻ると送信できます。',
  'app.back-online': 'オンラインに戻りました。',
  'action.cancel': 'キャンセル',
  'action.close': '閉じる',
  'action.dismiss': '非表示',
  'list.search': 'チケットを検索',
  'list.search.placeholder': '件名または番号で検索',
  'list.search.clear': '検索をクリア',
  'list.priority': '優先度',
  'list.category': 'カテゴリ',
  'list.sort': '並べ替え',
  'list.any': 'すべて',
  'list.filters': 'フィルター',
  'list.filters.active': { other: 'フィルター({count})' },
  'list.clear': 'フィルターを解除',
  'list.sort.newest': '新しい順',
  'list.sort.oldest': '古い順',
  'list.sort.updated': '更新が新しい順',
  'list.sort.priority': '優先度順',
  'list.results': { other: '{count}件のチケット' },
  'list.arrived': '新しいチケット: {subject}',
  'list.answered': '新しい返信: {subject}',
  'list.arrived.many': { other: '{count}件のチケットに新着があります。' },
  'failure.timeout': 'サポートからの応答に時間がかかりすぎました。',
  'failure.rate_limited': '操作が多すぎます。{seconds}秒後にもう一度お試しください。',
  'failure.internal': 'こちら側で問題が発生しました。',
  'failure.other': '問題が発生しました: {detail}',
};
