import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { compile as compileSvelte } from 'svelte/compiler';
import { compileScript, parse } from 'vue/compiler-sfc';

const HOUSE = fileURLToPath(new URL('../..', import.meta.url));
const APPS = `[{ id: 'site-eu', name: 'Acme EU' }]`;

/** What a host's own entry file does with the recipe: it mounts it, and can take it out again. */
const ENTRIES = {
  react: `
    import { createRoot } from 'react-dom/client';
    import { createElement } from 'react';
    import { SupportPage } from './demo/recipes/react.tsx';
    window.mountRecipe = () => {
      const root = createRoot(document.querySelector('#app'));
      root.render(createElement(SupportPage, { apps: ${APPS} }));
      return () => root.unmount();
    };`,
  vue: `
    import { createApp } from 'vue';
    import SupportPage from './demo/recipes/vue.vue';
    window.mountRecipe = () => {
      const app = createApp(SupportPage, { apps: ${APPS} });
      app.mount('#app');
      return () => app.unmount();
    };`,
  svelte: `
    import { mount, unmount } from 'svelte';
    import SupportPage from './demo/recipes/svelte.svelte';
    window.mountRecipe = () => {
      const page = mount(SupportPage, { target: document.querySelector('#app'), props: { apps: ${APPS} } });
      return () => unmount(page);
    };`,
};

export type Framework = keyof typeof ENTRIES;

/** The recipe with its framework as one script, as a host's bundler makes it. `support-center` stays an import. */
export async function bundleRecipe(framework: Framework): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: ENTRIES[framework], resolveDir: HOUSE, loader: 'js' },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    external: ['support-center'],
    define: {
      'process.env.NODE_ENV': '"production"',
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    // A host knows nothing of our paths.
    tsconfigRaw: {},
    plugins: [vueFiles, svelteFiles],
    logLevel: 'error',
  });
  return outputFiles[0]!.text;
}

const vueFiles: Plugin = {
  name: 'vue',
  setup({ onLoad }) {
    onLoad({ filter: /\.vue$/ }, async ({ path }) => {
      const { descriptor } = parse(await readFile(path, 'utf8'), { filename: path });
      const { content } = compileScript(descriptor, {
        id: basename(path),
        inlineTemplate: true,
        templateOptions: {
          compilerOptions: { isCustomElement: (tag) => tag.startsWith('support-') },
        },
      });
      return { contents: content, loader: 'ts' };
    });
  },
};

const svelteFiles: Plugin = {
  name: 'svelte',
  setup({ onLoad }) {
    onLoad({ filter: /\.svelte$/ }, async ({ path }) => {
      const { js } = compileSvelte(await readFile(path, 'utf8'), { filename: path, generate: 'client' });
      return { contents: js.code, loader: 'js' };
    });
  },
};
