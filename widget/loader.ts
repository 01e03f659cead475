import type { Route } from './state.ts';

export type ViewName = Route['view'] | 'toasts';

/** Each its own chunk: a client never loads the settings, a reader never the form. */
const VIEWS: Record<ViewName, () => Promise<unknown>> = {
  list: () => import('./elements/list-view/list-view.ts'),
  new: () => import('./elements/ticket-form/ticket-form.ts'),
  ticket: () => import('./elements/thread-view/thread-view.ts'),
  settings: () => import('./elements/admin-settings/admin-settings.ts'),
  toasts: () => import('./elements/toasts/toasts.ts'),
};

const loaded = new Set<ViewName>();
const loading = new Map<ViewName, Promise<void>>();

export function isLoaded(view: ViewName): boolean {
  return loaded.has(view);
}

/** Loads and registers the elements of a view, once; after a failure the next call tries again. */
export function loadView(view: ViewName): Promise<void> {
  const known = loading.get(view);
  if (known) return known;
  const load = VIEWS[view]().then(
    () => void loaded.add(view),
    (error: unknown) => {
      loading.delete(view);
      throw error;
    },
  );
  loading.set(view, load);
  return load;
}
