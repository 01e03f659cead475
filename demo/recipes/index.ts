/** What the page "Docs" shows; those that npm can bring are run by `demo/e2e/recipes.test.ts`. */
export interface Recipe {
  title: string;
  /** In this folder, shown one below the other. */
  files: string[];
  note: string;
}

export const RECIPES: Recipe[] = [
  {
    title: 'Plain HTML',
    files: ['plain.html', 'plain.js'],
    note: 'Two lines are enough; the script shows what else there is.',
  },
  {
    title: 'React 19',
    files: ['react.tsx'],
    note: 'The API is looked for at the origin of the page: say api-url where it is elsewhere. React sets attributes, properties and listeners of custom elements by itself. Before React 19, add listeners and properties by a ref.',
  },
  {
    title: 'Vue 3',
    files: ['vue.vue'],
    note: 'Say api-url where the server has another origin than the page. Tell the compiler which tags are custom elements, once, in the configuration of your bundler.',
  },
  {
    title: 'Svelte 5',
    files: ['svelte.svelte'],
    note: 'Say api-url where the server has another origin than the page; else there is nothing to configure. In SvelteKit, the import may stay where it is: it does nothing on the server.',
  },
  {
    title: 'Angular',
    files: ['angular.txt'],
    note: 'The schema lets custom elements into the template. Say api-url where the server has another origin than the page.',
  },
  {
    title: 'Rails',
    files: ['rails.txt'],
    note: 'Works with Turbo: the element may be moved, removed and put back. Call its logout() before you sign somebody out without leaving the page.',
  },
  {
    title: 'Laravel',
    files: ['laravel.txt'],
    note: 'The secret is the AUTH_SECRET of the server.',
  },
];
