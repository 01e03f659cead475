import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../testing/test-app.ts';

interface Document {
  openapi: string;
  paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>;
  components: { schemas: Record<string, unknown> };
}

let test: TestApp;
let document: Document;
beforeEach(async () => {
  test = await createTestApp();
  const response = await test.app.request('/openapi.json');
  expect(response.headers.get('content-type')).toBe('application/json');
  document = (await response.json()) as Document;
});
afterEach(() => test.close());

it('describes every route of the API, and no other', () => {
  const served = new Set(
    test.app.routes
      .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/'))
      .map(({ method, path }) => `${method.toLowerCase()} ${path.replace(/:(\w+)/g, '{$1}')}`),
  );
  const described = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method} ${path}`),
  );
  expect(described.sort()).toEqual([...served].sort());
});

it('is OpenAPI 3.1, with every reference in place', () => {
  expect(document.openapi).toBe('3.1.0');
  const references = JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g);
  for (const [, reference] of references) {
    const name = reference!.replace('#/components/schemas/', '');
    expect(document.components.schemas, reference).toHaveProperty(name);
  }
  const ids = Object.values(document.paths).flatMap((path) =>
    Object.values(path).map((operation) => operation.operationId),
  );
  expect(new Set(ids).size).toBe(ids.length);
});

it('says what may go wrong with each request', () => {
  for (const operations of Object.values(document.paths)) {
    for (const { responses } of Object.values(operations)) {
      expect(Object.keys(responses)).toContain('429');
      expect(responses['429']).toMatchObject({
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      });
    }
  }
  expect(Object.keys(document.paths['/api/tickets/{number}']!.patch!.responses).sort()).toEqual(
    ['200', '400', '401', '403', '404', '412', '413', '422', '428', '429', '500', '503', '507'].sort(),
  );
});

it('takes limits and choices from the schemas that validate', () => {
  expect(document.components.schemas.NewTicket).toMatchObject({
    required: ['subject', 'category', 'priority', 'description'],
    properties: {
      subject: { minLength: 1, maxLength: 200 },
      priority: { enum: ['low', 'normal', 'high', 'urgent'] },
    },
    additionalProperties: false,
  });
});
