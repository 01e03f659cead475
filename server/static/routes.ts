import { Hono, type Context } from 'hono';
import type { Env } from '../auth/env.ts';
import { notFound } from '../contract/errors.ts';
import { chooseEncoding } from '../http/compress.ts';
import { createAssets, WIDGET_FOLDER, type Asset } from './assets.ts';

/**
 * The entries, as one module and as one classic script, each under a name that stays and under one that changes with its
 * content, which `support-center.json` tells; and their maps.
 */
export const SCRIPTS = '/:file{support-center[\\w.-]*\\.(?:js|json|map)}';
/** A name that changes with the content: `[name]-[hash]`. */
const HASHED = /-[0-9A-Z]{8}\.(?:js|css)(?:\.map)?$/;

/**
 * The script-tag build and the chunks it loads, for pages of any origin.
 *
 * @param folder of the build
 */
export function staticRoutes(folder: string = WIDGET_FOLDER) {
  const readAsset = createAssets(folder);
  const answer = async (c: Context<Env>, path: string) => {
    const asset = await readAsset(path);
    if (!asset) throw notFound();
    return await answerAsset(c, path, asset);
  };
  return new Hono<Env>()
    .get(SCRIPTS, (c) => answer(c, c.req.param('file')))
    .get('/chunks/:file', (c) => answer(c, `chunks/${c.req.param('file')}`));
}

async function answerAsset(c: Context<Env>, path: string, asset: Asset): Promise<Response> {
  c.header('Access-Control-Allow-Origin', '*');
  c.header('Cross-Origin-Resource-Policy', 'cross-origin');
  c.header('Cache-Control', HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'public, no-cache');
  c.header('Vary', 'Accept-Encoding');
  c.header('ETag', asset.etag);
  if (matches(c.req.header('if-none-match'), asset.etag)) return c.body(null, 304);
  c.header('Content-Type', asset.contentType);
  const name = path.split('/').at(-1)!;
  if (HASHED.test(name) && name.endsWith('.js')) c.header('SourceMap', `${name}.map`);
  const encoding = chooseEncoding(c.req.header('accept-encoding'));
  if (encoding) c.header('Content-Encoding', encoding);
  const bytes = encoding ? await asset.encoded(encoding) : asset.bytes;
  c.header('Content-Length', String(bytes.byteLength));
  return c.body(bytes, 200);
}

/** A proxy that compresses marks the tag as weak. */
function matches(header: string | undefined, etag: string): boolean {
  if (!header) return false;
  return header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag || tag.trim() === '*');
}
