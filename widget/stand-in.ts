import { drawButton } from './stand-in-look.ts';
import { askUnread, type Launcher } from './stand-in-unread.ts';

/** What a page may call on a launcher before it is defined. */
const METHODS = ['open', 'close', 'toggle', 'newTicket', 'openTicket', 'showList', 'refresh', 'logout'];

/** Between two questions for the number of unread tickets: when the window is used again, and when it just stays. */
const GAP_MS = 60_000;
const STAY_MS = 5 * GAP_MS;

/** One that stands, and what ends it. */
interface Stand {
  box: HTMLElement;
  show: () => void;
  end: () => void;
}

/**
 * Puts a button in the place of launchers that nobody has opened yet: it looks and acts like the real one, and gives
 * way to it.
 *
 * @param script address of the script
 * @param load defines the real elements
 * @param isNeeded whether something in the page cannot wait for that
 */
export function standIn(script: string, load: () => Promise<void>, isNeeded: () => boolean): void {
  const stands = new Map<Launcher, Stand>();
  let loading: Promise<void> | undefined;

  /** Once; after a failure the next call tries again. */
  const define = (): Promise<void> =>
    (loading ??= load().then(
      () => {
        observer.disconnect();
        for (const { box, end } of stands.values()) {
          end();
          // The real button takes it away; where there is none to come, time does.
          setTimeout(() => box.remove(), 15_000);
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
    const life = new AbortController();
    const { signal } = life;
    let isOff = false;
    let lastAsked = 0;
    const show = (): boolean => (box.hidden = isOff || launcher.matches('[disabled]'));
    const ask = (): void => {
      // Another version of this script may have taken it away.
      if (document.hidden || !box.isConnected || Date.now() - lastAsked < GAP_MS) return;
      if (launcher.matches('[disabled],[support-url]')) return;
      lastAsked = Date.now();
      askUnread(launcher, script, signal).then(
        (unread) => {
          isOff = unread === null;
          tell(unread ?? 0);
          show();
        },
        // Nobody can say, or nobody is signed in.
        () => tell(0),
      );
    };
    const timer = setInterval(ask, STAY_MS);
    addEventListener('focus', ask, { signal });
    // Properties that the page sets in the same turn are there then.
    setTimeout(() => signal.aborted || ask());
    for (const method of METHODS) {
      launcher[method] = (...given: unknown[]) =>
        define().then(() => (launcher[method] as (...given: unknown[]) => unknown)(...given));
    }
    stands.set(launcher, {
      box,
      show,
      end() {
        life.abort();
        clearInterval(timer);
        for (const method of METHODS) delete launcher[method];
      },
    });
    box.onclick = () =>
      void define().then(
        () => (launcher['open'] as () => void)(),
        () => undefined,
      );
    // On the way to it already.
    box.onpointerenter = defineQuietly;
    (launcher.shadowRoot ?? launcher.attachShadow({ mode: 'open' })).append(box);
    // Inside an ancestor with a transform it is not fixed to the window, except in the top layer.
    if (box.offsetParent) {
      box.popover = 'manual';
      box.showPopover();
    }
    show();
  };

  const look = (): void => {
    for (const [launcher, { box, end }] of stands) {
      if (launcher.isConnected) continue;
      end();
      box.remove();
      stands.delete(launcher);
    }
    if (isNeeded()) return defineQuietly();
    for (const launcher of document.querySelectorAll<Launcher>('support-center')) {
      // Another version of this script may have been here before.
      if (!launcher.shadowRoot?.hasChildNodes()) stand(launcher);
      else stands.get(launcher)?.show();
    }
  };

  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true, attributeFilter: ['layout', 'disabled'] });
  look();
}
