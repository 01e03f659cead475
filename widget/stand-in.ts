import { LABELS, STYLES } from './stand-in-look.ts';
import type { GetToken } from './token.ts';

/** A `<support-center layout="launcher">` that is not defined yet. */
type Launcher = HTMLElement & Record<string, unknown>;

/** What a page may call on a launcher before it is defined. */
const METHODS = ['open', 'close', 'toggle', 'newTicket', 'openTicket', 'showList', 'refresh', 'logout'];

/** The least time between two questions for the numbers of unread tickets; nobody waits longer for an answer. */
const GAP_MS = 60_000;

/**
 * Puts a button in the place of launchers that nobody has opened yet: it looks and acts like the real one, and gives
 * way to it. Written to be small more than anything, and in one piece since calls between pieces have a size too.
 *
 * @param load defines the real elements, once; after a failure the next call tries again
 * @param isNeeded whether something in the page cannot wait for that
 */
export function standIn(load: () => Promise<void>, isNeeded: () => unknown): void {
  /** The boxes that stand, and what renews the number in each. */
  const stands = new Map<ChildNode, () => Promise<void>>();
  let lastAsked: number;

  const define = (): Promise<void> =>
    load().then(() => {
      observer.disconnect();
      // The real button takes it away; where there is none to come, time does.
      for (const box of stands.keys()) setTimeout(() => box.remove(), 15_000);
    });
  const defineQuietly = (): void => void define().catch(() => {});

  // Between a launcher and `HTMLElement`; the class takes its place.
  const early = Object.create(HTMLElement.prototype) as Launcher;
  for (const method of METHODS) {
    early[method] = async function (this: Launcher, ...given: unknown[]) {
      await define();
      // Also where it has been taken out of the page.
      customElements.upgrade(this);
      return (this[method] as (...given: unknown[]) => unknown)(...given);
    };
  }

  const stand = (launcher: Launcher, root: ShadowRoot): void => {
    const read = (name: string): string | null => launcher.getAttribute(name);
    // With a shadow root of its own: that of the launcher is for the real button and its style sheets.
    const box = document.createElement('div');
    const button = document.createElement('button');
    const sheet = new CSSStyleSheet();
    const inner = box.attachShadow({ mode: 'open' });
    const language = read('locale') ?? launcher.closest<HTMLElement>('[lang]')?.lang;
    const label = LABELS[language?.slice(0, 2) as string] ?? LABELS['en']!;
    const tell = (unread?: number): void => {
      button.ariaLabel = label + (unread ? ` (${unread})` : '');
      button.value = unread! > 99 ? '99+' : ((unread || '') as string);
    };
    tell();
    button.part = 'launcher';
    button.ariaHasPopup = 'dialog';
    button.ariaExpanded = 'false';
    button.onclick = () => (launcher['open'] as () => Promise<void> | void)()?.catch(() => {});
    // On the way to it already.
    button.onpointerenter = defineQuietly;
    box.setAttribute('exportparts', 'launcher');
    box.style.colorScheme = read('theme')!;
    sheet.replaceSync(STYLES);
    inner.adoptedStyleSheets = [sheet];
    inner.append(button);
    root.append(box);
    Object.setPrototypeOf(launcher, early);
    // Inside an ancestor with a transform it is not fixed to the window, except in the top layer.
    if (box.offsetParent) {
      box.popover = 'manual';
      box.showPopover();
    }
    stands.set(box, async () => {
      const signal = AbortSignal.timeout(GAP_MS);
      let unread;
      try {
        let token = read('token');
        const getToken = launcher['getToken'] as GetToken | null | undefined;
        if (getToken) {
          token = await getToken({ reason: 'initial', signal });
        } else if (read('token-url')) {
          const options = { credentials: 'include', cache: 'no-store', signal } as const;
          token = await (await fetch(read('token-url')!, options)).text();
          try {
            token = (JSON.parse(token) as { token: string }).token;
          } catch {
            // The token itself; a header does without the blanks around it.
          }
        }
        const api = read('api-url') || new URL('/api', import.meta.url).href;
        const answer = (await (
          await fetch(api.replace(/\/?$/, '/tickets?limit=1&include=unread'), {
            headers: { authorization: `Bearer ${token}` },
            signal,
          })
        ).json()) as { unreadCount?: number; code?: string };
        unread = answer.unreadCount;
        // Switched off for this user.
        button.style.display = answer.code === 'support_disabled' ? 'none' : '';
      } catch {
        // Nobody can say, or nobody is signed in.
      }
      tell(unread);
    });
    // Properties that the page sets in the same turn are there then.
    lastAsked = 0;
    setTimeout(look, 0, 1);
  };

  /** @param asked anything when the numbers are to be renewed, unless they were just now */
  const look = (asked?: unknown): void => {
    for (const box of stands.keys()) if (!box.isConnected && stands.delete(box)) box.remove();
    if (isNeeded()) return defineQuietly();
    const due = asked && !document.hidden && !(Date.now() - lastAsked < GAP_MS);
    if (due) lastAsked = Date.now();
    for (const launcher of document.querySelectorAll<Launcher>('support-center:not(:defined)')) {
      const root = launcher.shadowRoot ?? launcher.attachShadow({ mode: 'open' });
      if (!root.firstChild) stand(launcher, root);
      const box = root.firstChild as HTMLElement;
      box.style.display = launcher.matches('[disabled]') ? 'none' : '';
      // Another version of this script may have been here before.
      if (due && !launcher.matches('[disabled],[support-url]')) void stands.get(box)?.();
    }
  };

  // When the window is used again, and when it just stays.
  addEventListener('focus', look);
  setInterval(look, 5 * GAP_MS, 1);
  const observer = new MutationObserver(() => look());
  observer.observe(document, { childList: true, subtree: true, attributeFilter: ['layout', 'disabled'] });
  look();
}
