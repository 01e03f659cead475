import type { Plugin } from 'esbuild';
import { join } from 'node:path';

/** What stands in for Lit's modules, below `lean/`. */
export const LEAN: Readonly<Record<string, string>> = {
  lit: 'lit',
  'lit/decorators.js': 'decorators',
  'lit/directives/live.js': 'live',
  '@lit/context': 'context',
};

/**
 * Puts the small part of Lit that our elements use in the place of Lit. The npm package keeps the published one, which its
 * hosts may have already.
 *
 * @param room folder of the element's sources
 */
export function leanLit(room: string): Plugin {
  return {
    name: 'lean-lit',
    setup(build) {
      build.onResolve({ filter: /^@?lit(\/|$)/ }, ({ path, importer }) => {
        const file = LEAN[path];
        return file
          ? { path: join(room, 'lean', `${file}.ts`) }
          : { errors: [{ text: `${importer} asks for ${path}: Lit's lean part has no such thing.` }] };
      });
    },
  };
}
