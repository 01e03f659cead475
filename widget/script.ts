/** What a page may have that needs the elements at once. */
const NEEDY = 'support-link,support-center:not([layout=launcher])';

/** A page without any of ours may make one at any time, also where no observer sees it. */
const isNeeded = (): unknown =>
  !document.querySelector('support-center') ||
  document.querySelector(NEEDY) ||
  /^#support/.test(location.hash);

const ONCE = Symbol.for('support-center');
const page = globalThis as { [ONCE]?: Promise<void> };

/** Once for all scripts of ours in a page, of whatever version: the first is the one that counts. */
const load = (): Promise<void> =>
  (page[ONCE] ??= import('./whole.ts').then(
    (whole) => whole.begin(import.meta.url),
    (error: unknown) => {
      delete page[ONCE];
      throw error;
    },
  ));

// The entry of the script-tag build. A page that has nothing but launchers gets stand-ins for their buttons, without
// Lit, until one is used.
// Awaited: whoever imports this finds the elements defined.
if (isNeeded()) await load();
else import('./stand-in.ts').then(({ standIn }) => standIn(load, isNeeded), load);
