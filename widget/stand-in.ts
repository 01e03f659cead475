import { drawButton } from './stand-in-look.ts';
import { askUnread, type Launcher } from './stand-in-unread.ts';

/** What a page may call on a launcher before it is defined. */
const METHODS = ['open', 'close', 'toggle', 'newTicket', 'openTicket', 'showList', 'refresh', 'logout'];

/**
 * Puts a button in the place of launchers that nobody has opened yet: it looks and acts like the real one, and gives
 * way to it.
 *
 * @param script address of the script
 * @param load defines the real elements
 * @param isNeeded whether something in the page cannot wait for that
 */
export function standIn(script: string, load: () => Promise<void>, isNeeded: () => boolean): void {
  const boxes = new Map<Launcher, HTMLElement>();
  let loading: Promise<void> | undefined;

  /** Once; after a failure the next call tries again. */
  const define = (): Promise<void> =>
    (loading ??= load().then(
      () => {
        observer.disconnect();
        for (const [launcher, box] of boxes) {
          for (const method of METHODS) delete launcher[method];
          giveWay(launcher, box);
        }
      },
      (error: unknown) => {
        loading = undefined;
        throw error;
      },
    ));
  const defineQuietly = (): void => void define().catch(() => undefined);

  const stand = (launcher: Launcher): void => {
    const [box, tell] = drawButton(launcher);
    boxes.set(launcher, box);
    launcher.attachShadow({ mode: 'open' }).append(box);
    for (const method of METHODS) {
      launcher[method] = (...given: unknown[]) =>
        define().then(() => (launcher[method] as (...given: unknown[]) => unknown)(...given));
    }
    box.onclick = () => void (launcher['open'] as () => Promise<void>)().catch(() => undefined);
    // On the way to it already.
    box.onpointerenter = defineQuietly;
    if (launcher.matches('[disabled],[support-url]')) return;
    // Properties that the page sets in the same turn are there then.
    setTimeout(() => {
      askUnread(launcher, script).then(
        (unread) => (unread === null ? (box.hidden = true) : tell(unread)),
        () => undefined,
      );
    });
  };

  const look = (): void => {
    if (isNeeded()) return defineQuietly();
    for (const launcher of document.querySelectorAll<Launcher>('support-center')) {
      // Another version of this script may have been here before.
      if (!launcher.shadowRoot) stand(launcher);
    }
  };

  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true, attributeFilter: ['layout'] });
  look();
}

/** Stays until the real button is there. */
function giveWay(launcher: Launcher, box: HTMLElement): void {
  const root = launcher.shadowRoot!;
  const real = root.querySelector<HTMLElement>('support-center-launcher');
  if (launcher.matches('[disabled]') || real?.shadowRoot?.firstElementChild) {
    const hadFocus = root.activeElement === box;
    box.remove();
    if (hadFocus) real?.focus();
  } else setTimeout(giveWay, 50, launcher, box);
}
