import type { enLink } from './en-link.ts';
import type { Translation } from './text.ts';

/** Japanese: link and launcher. */
export const jaLink: Translation<typeof enLink> = {
  'launcher.open': 'サポートを開く',
  'launcher.close': 'サポートを閉じる',
  'link.label': 'サポート',
  'link.unread': { other: '未読のチケット{count}件' },
};
