import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { compressBytes, type Encoding } from '../http/compress.ts';

/** Where `widget/build.ts` puts the element. */
export const WIDGET_FOLDER = fileURLToPath(
  // This file stands in `server/static/` as source and in `dist/server/static/` when compiled.
  new URL(import.meta.url.endsWith('.ts') ? '../../dist/widget/' : '../../widget/', import.meta.url),
);
export const WIDGET_ENTRY = 'support-center.js';

const TYPES: Record<string, string> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  map: 'application/json',
  json: 'application/json',
  svg: 'image/svg+xml',
};
/** One plain name a level, so that a path cannot leave the folder or name a hidden file. */
const PATH = /^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*\.(?<extension>js|css|map|json|svg)$/;

/** A built file, in memory. */
export interface Asset {
  bytes: Uint8Array<ArrayBuffer>;
  contentType: string;
  etag: string;
  /** @returns the bytes in that encoding, compressed once */
  encoded(encoding: Encoding): Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * The built files of the element, read once and again when a build has replaced them.
 *
 * @param folder of the build
 */
export function createAssets(folder: string): (path: string) => Promise<Asset | null> {
  const known = new Map<string, { stamp: string; asset: Asset }>();
  return async (path) => {
    const contentType = TYPES[PATH.exec(path)?.groups?.extension ?? ''];
    if (!contentType) return null;
    const file = join(folder, path);
    try {
      const { mtimeMs, size } = await stat(file);
      const stamp = `${mtimeMs}-${size}`;
      const cached = known.get(path);
      if (cached?.stamp === stamp) return cached.asset;
      const asset = toAsset(new Uint8Array(await readFile(file)), contentType);
      known.set(path, { stamp, asset });
      return asset;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return null;
      throw error;
    }
  };
}

function toAsset(bytes: Uint8Array<ArrayBuffer>, contentType: string): Asset {
  const compressed = new Map<Encoding, Promise<Uint8Array<ArrayBuffer>>>();
  return {
    bytes,
    contentType,
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`,
    encoded(encoding) {
      let result = compressed.get(encoding);
      if (!result) {
        result = compressBytes(bytes, encoding, 1).then((made) => new Uint8Array(made));
        compressed.set(encoding, result);
      }
      return result;
    },
  };
}
