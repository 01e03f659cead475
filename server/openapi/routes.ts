import { Hono } from 'hono';
import type { Env } from '../auth/env.ts';
import { createOpenApiDocument } from './document.ts';

export function openApiRoutes() {
  let document: string | undefined;
  return new Hono<Env>().get('/openapi.json', (c) => {
    document ??= JSON.stringify(createOpenApiDocument());
    c.header('Content-Type', 'application/json');
    c.header('Cache-Control', 'public, max-age=300');
    // A description, not data: documentation pages anywhere may show it.
    c.header('Access-Control-Allow-Origin', '*');
    c.header('Cross-Origin-Resource-Policy', 'cross-origin');
    return c.body(document, 200);
  });
}
