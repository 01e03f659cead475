/** What the link in the host's menu and the floating button say. */
export const enLink = {
  'launcher.open': 'Open support',
  'launcher.close': 'Close support',
  'link.label': 'Support',
  'link.unread': { one: '{count} unread ticket', other: '{count} unread tickets' },
} as const;
