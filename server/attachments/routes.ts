import { Readable } from 'node:stream';
import { Hono } from 'hono';
import type { Env } from '../auth/env.ts';
import { SupportError } from '../contract/errors.ts';
import { LIMITS } from '../contract/limits.ts';
import type { Deps } from '../deps.ts';
import { contentDisposition } from './file-name.ts';
import { isImageType, servedType } from './file-type.ts';
import { readFile } from './multipart.ts';
import {
  addAttachment,
  discardFile,
  openAttachment,
  readAttachment,
  requireRoom,
  storeFile,
} from './service.ts';

/** What a form may have around its file: boundaries and part headers. */
const FORM_OVERHEAD = 64 * 1024;

/** `POST /attachments` and `GET /attachments/:id`. */
export function attachmentRoutes(deps: Deps) {
  return new Hono<Env>()
    .post('/attachments', async (c) => {
      const request = c.req.raw;
      const declared = Number(request.headers.get('content-length') ?? 0);
      if (declared > LIMITS.fileMaxBytes + FORM_OVERHEAD) {
        const max = LIMITS.fileMaxBytes / 1024 / 1024;
        throw new SupportError('payload_too_large', `A file may have at most ${max} MiB.`);
      }
      await requireRoom(deps, c.get('actor'));
      const file = await readFile(
        request,
        ({ name, bytes }) => storeFile(deps, name, bytes, request.signal),
        (stored) => discardFile(deps, stored),
      );
      return c.json(await addAttachment(deps, c.get('actor'), file), 201);
    })
    .get('/attachments/:id', async (c) => {
      const attachment = await readAttachment(deps, c.get('actor'), c.req.param('id'));
      const { name, size, content_type: type, sha256 } = attachment;
      const etag = `"${sha256}"`;
      c.header('ETag', etag);
      // Kept by the browser, but asked for each time: the next user of the same browser may not read it.
      c.header('Cache-Control', 'private, no-cache');
      c.header('Vary', 'Authorization', { append: true });
      if (c.req.header('if-none-match') === etag) return c.body(null, 304);
      // The bytes are somebody's: should a browser ever be led to render them, then in a cage.
      c.header('Content-Security-Policy', "sandbox; default-src 'none'; frame-ancestors 'none'");
      c.header('Content-Disposition', contentDisposition(isImageType(type) ? 'inline' : 'attachment', name));
      c.header('Content-Type', servedType(type));
      c.header('Content-Length', String(size));
      if (c.req.method === 'HEAD') return c.body(null, 200);
      const bytes = await openAttachment(deps, attachment);
      return c.body(Readable.toWeb(bytes) as ReadableStream, 200);
    });
}
