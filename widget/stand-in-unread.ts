import type { GetToken } from './token.ts';

/** A `<support-center layout="launcher">` that is not defined yet. */
export type Launcher = HTMLElement & Record<string, unknown>;

/**
 * The number of tickets with something new, for the button of a launcher.
 *
 * @param script address of the script: the server is at its origin unless `api-url` says another
 * @param signal gives it up
 * @returns null when support is switched off for this user
 * @throws when nobody can say
 */
export async function askUnread(
  launcher: Launcher,
  script: string,
  signal: AbortSignal,
): Promise<number | null> {
  const read = (name: string): string | null => launcher.getAttribute(name);
  const getToken = launcher['getToken'] as GetToken | null | undefined;
  let token = read('token');
  if (getToken) {
    token = await getToken({ reason: 'initial', signal });
  } else if (read('token-url')) {
    const answer = await fetch(read('token-url')!, { credentials: 'include', cache: 'no-store', signal });
    token = (await answer.text()).trim();
    if (token.startsWith('{')) ({ token } = JSON.parse(token) as { token: string });
  }
  const api = read('api-url');
  const base = new URL(api ?? '/api', api ? document.baseURI : script).href.replace(/\/$/, '');
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${base}/tickets?limit=1&include=unread`, { headers, signal });
  const { unreadCount, code } = (await answer.json()) as { unreadCount?: number; code?: string };
  return code === 'support_disabled' ? null : unreadCount!;
}
