import { LABEL, STYLES } from './stand-in-look.ts';
import type { GetToken } from './token.ts';

// Puts a button in the place of a launcher that nobody has opened yet: it looks and acts like the real one, and gives way
// to it. Written to be small more than anything, and in one piece since calls between pieces have a size too.

/** A `<support-center layout="launcher">` that is not defined yet. */
type Launcher = HTMLElement & Record<string, unknown>;
type Method = (...given: unknown[]) => unknown;

/** What a page may call on a launcher before it is defined. */
const METHODS = 'open,close,toggle,newTicket,openTicket,showList,refresh,logout'.split(',');

/** Defines the real elements; after a failure the next call tries again. */
const load = (): Promise<unknown> => import('./whole.ts');
/** Where nobody waits for it. */
const use = (then?: () => void): Promise<void> => load().then(then, () => {});

let launcher: Launcher | undefined;
let label: string;
let unread = 0;
/** Support is switched off for this user. */
let isOff = false;

// With a shadow root of its own: that of the launcher is for the real button and its style sheets.
const box = document.createElement('div');
const button = document.createElement('button');
const inner = box.attachShadow({ mode: 'open' });
const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLES);
inner.adoptedStyleSheets = [sheet];
inner.append(button);
box.setAttribute('exportparts', 'launcher');
button.part = 'launcher';
button.ariaHasPopup = 'dialog';
button.ariaExpanded = 'false';
button.onclick = () => void use(() => (launcher!['open'] as Method)());
// On the way to it already.
button.onpointerenter = () => void use();

const tell = (): void => {
  button.value = unread > 99 ? '99+' : ((unread || '') as string);
  button.ariaLabel = label + (unread ? ` (${unread})` : '');
};

/** Does what has become needed. @param asked anything when the number of unread tickets is to be renewed as well */
const look = async (asked?: unknown): Promise<void> => {
  const [found, other] = document.querySelectorAll<Launcher>('support-link,support-center:not(:defined)');
  button.disabled = isOff || !launcher?.matches('[layout=launcher]:not([disabled])');
  // A page without any of ours may make one at any time, also where no observer sees it.
  // And who comes by a link wants to see what it names.
  if (other || !found?.matches('[layout=launcher]') || /^#support/.test(location.hash)) {
    observer.disconnect();
    return use();
  }
  const read = (name: string): string | null => found.getAttribute(name);
  if (launcher !== found) {
    launcher = found;
    (found.shadowRoot ?? found.attachShadow({ mode: 'open' })).append(box);
    METHODS.map(
      (method) =>
        (found[method] = async (...given: unknown[]) => {
          await load();
          METHODS.map((one) => delete found[one]);
          // Also where it has been taken out of the page.
          customElements.upgrade(found);
          return (found[method] as Method)(...given);
        }),
    );
    box.style.colorScheme = read('theme')!;
    // Inside an ancestor with a transform it is not fixed to the window, except in the top layer.
    if (box.offsetParent) {
      box.popover = 'manual';
      box.showPopover();
    }
    label = LABEL;
    const language = read('locale') ?? found.closest<HTMLElement>('[lang]')?.lang ?? 'en';
    if (!/^en/.test(language)) {
      const use = (labels: Record<string, string>): void => {
        label = labels[language.slice(0, 2)] ?? label;
        tell();
      };
      import('./stand-in-labels.ts').then(use, () => {});
    }
    tell();
    // Properties that the page sets in the same turn are there then.
    setTimeout(look, 0, 1);
  }
  if (!asked || document.hidden || found.matches('[disabled],[support-url]')) return;
  try {
    const getToken = found['getToken'] as GetToken | null | undefined;
    let token = getToken
      ? await getToken({ reason: 'initial', signal: AbortSignal.timeout(60_000) })
      : read('token-url')
        ? await (await fetch(read('token-url')!, { credentials: 'include', cache: 'no-store' })).text()
        : read('token');
    try {
      token = (JSON.parse(token!) as { token: string }).token;
    } catch {
      // The token itself; a header does without the blanks around it.
    }
    const api = read('api-url') || String(new URL('/api', import.meta.url));
    const { code, unreadCount } = (await (
      await fetch(api.replace(/\/?$/, '/tickets?limit=1&include=unread'), {
        headers: { authorization: `Bearer ${token}` },
      })
    ).json()) as { code?: string; unreadCount: number };
    button.disabled = isOff = code === 'support_disabled';
    unread = unreadCount;
  } catch {
    // Nobody can say, or nobody is signed in.
    unread = 0;
  }
  tell();
};

// When the page is seen again or shows something else, and when it just stays.
document.addEventListener('visibilitychange', look);
addEventListener('hashchange', look);
setInterval(look, 5 * 60_000, 1);
const observer = new MutationObserver(() => void look());
observer.observe(document, { childList: true, subtree: true, attributeFilter: ['layout', 'disabled'] });
void look();
