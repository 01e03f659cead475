// With the element itself: nearly everybody sees the list first.
import './elements/list-view/list-view.ts';
import type { Route } from './state.ts';

export type ViewName = Route['view'] | 'toasts' | 'launcher' | 'agent-columns';

/** Each its own chunk: a client never loads the settings, a reader never the form. */
const VIEWS: Record<Exclude<ViewName, 'list'>, () => Promise<unknown>> = {
  new: () => Promise.all([import('./elements/ticket-form/ticket-form.ts'), loadDesk(), loadAfterList()]),
  ticket: () => Promise.all([import('./elements/thread-view/thread-view.ts'), loadDesk(), loadAfterList()]),
  settings: () =>
    Promise.all([import('./elements/admin-settings/admin-settings.ts'), loadDesk(), loadAfterList()]),
  quarantine: () => Promise.all([import('./elements/quarantine/quarantine-view.ts'), loadAfterList()]),
  launcher: () => Promise.all([import('./elements/launcher/launcher.ts'), loadAfterList()]),
  toasts: () => Promise.all([import('./elements/toasts/toasts.ts'), loadAfterList()]),
  'agent-columns': () => import('./elements/ticket-list/agent-columns.ts'),
};

let deskModule: typeof import('./store-desk.ts') | null = null;
const loaded = new Set<ViewName>(['list']);
const loading = new Map<ViewName, Promise<void>>([['list', Promise.resolve()]]);

/** What changes things on the server: the views that do come with it. */
export async function loadDesk(): Promise<typeof import('./store-desk.ts')> {
  deskModule = await import('./store-desk.ts');
  return deskModule;
}

/** null until `loadDesk` has been called and done. */
export function desk(): typeof import('./store-desk.ts') | null {
  return deskModule;
}

type AfterList = typeof import('./after-list.ts');

let afterList: AfterList | null = null;
const waiting = new Set<(late: AfterList) => void>();

/** Search and filters, keys and focus: what makes the list more than something to read. */
export async function loadAfterList(): Promise<AfterList> {
  afterList = await import('./after-list.ts');
  for (const use of waiting) use(afterList);
  waiting.clear();
  return afterList;
}

/** Calls `use` as soon as that is here, whoever has loaded it: before anybody can type into what comes with it. */
export function onceAfterList(use: (late: AfterList) => void): void {
  if (afterList) use(afterList);
  else waiting.add(use);
}

export function isLoaded(view: ViewName): boolean {
  return loaded.has(view);
}

/** Loads and registers the elements of a view, once; after a failure the next call tries again. */
export function loadView(view: ViewName): Promise<void> {
  const known = loading.get(view);
  if (known) return known;
  const load = VIEWS[view as Exclude<ViewName, 'list'>]().then(
    () => void loaded.add(view),
    (error: unknown) => {
      loading.delete(view);
      throw error;
    },
  );
  loading.set(view, load);
  return load;
}

let routingModule: typeof import('./router.ts') | null | undefined;

/** What only hosts with `routing="hash"` need; undefined until `loadRouting` is done, null when it has failed. */
export function routing(): typeof import('./router.ts') | null | undefined {
  return routingModule;
}

/** Settled in any case: without its code the address stays as it is. */
export async function loadRouting(): Promise<void> {
  routingModule = await import('./router.ts').catch(() => null);
}
