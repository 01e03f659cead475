/** What a `<support-link>` shows. */
export interface LinkState {
  /** Support is switched off for this user. */
  off: boolean;
  /** The external helpdesk, when that is where this user goes. */
  supportUrl: string | null;
  unreadCount: number;
}

export const UNKNOWN: LinkState = { off: false, supportUrl: null, unreadCount: 0 };
