import { ERROR_STATUS, type ErrorCode } from '../contract/errors.ts';
import { PROBLEM_TITLES } from '../http/problem.ts';
import { OPERATIONS, type Operation } from './operations.ts';
import { componentSchemas, queryProperties, type JsonSchema, type SchemaName } from './schemas.ts';

const HEADERS: Record<string, { description: string; schema: JsonSchema }> = {
  'If-Match': {
    description: 'The version that the change is based on, as its `ETag` showed it; `*` for any.',
    schema: { type: 'string' },
  },
  'If-None-Match': {
    description: 'The `ETag` of an earlier answer: where it would be the same, there is none.',
    schema: { type: 'string' },
  },
  'Idempotency-Key': {
    description: 'Makes a repetition safe: within 24 hours the same key and body have one effect.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  },
  'Last-Event-ID': {
    description: 'The id of the last event, or the `position` of a list: what is newer is told first.',
    schema: { type: 'string' },
  },
  ETag: {
    description: 'Stands for what is answered: the version of what has one.',
    schema: { type: 'string' },
  },
  Location: { description: 'Where the new ticket is.', schema: { type: 'string' } },
};

/** The API as OpenAPI 3.1, from the schemas that validate it. */
export function createOpenApiDocument(): JsonSchema {
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const operation of OPERATIONS) {
    (paths[operation.path] ??= {})[operation.method] = describe(operation);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'support-center',
      version: '1',
      description: 'Tickets, conversations, files and settings of a support center.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }],
    paths,
    components: {
      schemas: componentSchemas(),
      securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
}

function describe(operation: Operation): JsonSchema {
  const { answer, body } = operation;
  const description: JsonSchema = { operationId: operation.id, summary: operation.summary };
  if (operation.isPublic) description.security = [];
  const parameters = describeParameters(operation);
  if (parameters.length > 0) description.parameters = parameters;
  if (body) description.requestBody = describeBody(body);
  description.responses = {
    [answer.status]: {
      description: answer.schema ? 'Done.' : 'Done; there is no body.',
      ...(answer.headers && {
        headers: Object.fromEntries(answer.headers.map((name) => [name, HEADERS[name]])),
      }),
      ...(answer.schema && { content: describeContent(answer.schema) }),
    },
    ...(operation.headers?.includes('If-None-Match') && {
      304: { description: 'As it was; there is no body.' },
    }),
    ...describeProblems(problemsOf(operation)),
  };
  return description;
}

function describeParameters(operation: Operation): JsonSchema[] {
  const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const inQuery = (operation.query ? queryProperties(operation.query) : []).map(([name, schema]) => ({
    name,
    in: 'query',
    schema,
  }));
  const inHeader = (operation.headers ?? []).map((name) => ({
    name,
    in: 'header',
    // A reply may do without.
    required: name === 'If-Match' && operation.method !== 'post',
    ...HEADERS[name],
  }));
  return [...inPath, ...inQuery, ...inHeader];
}

function describeBody(body: NonNullable<Operation['body']>): JsonSchema {
  if (body !== 'multipart') {
    return {
      required: body !== 'Reopen' && body !== 'Close',
      content: { 'application/json': { schema: reference(body) } },
    };
  }
  const file = { type: 'string', contentMediaType: 'application/octet-stream' };
  const schema = { type: 'object', properties: { file }, required: ['file'], additionalProperties: false };
  return { required: true, content: { 'multipart/form-data': { schema } } };
}

function describeContent(schema: SchemaName | 'bytes' | 'events'): JsonSchema {
  if (schema === 'events') return { 'text/event-stream': { schema: { type: 'string' } } };
  if (schema !== 'bytes') return { 'application/json': { schema: reference(schema) } };
  const types = [
    'image/png',
    'image/jpeg',
    'image/gif',
    'image/webp',
    'application/pdf',
    'text/plain',
    'application/octet-stream',
  ];
  return Object.fromEntries(types.map((type) => [type, {}]));
}

/** Beside an operation's own problems, those that follow from its kind. */
function problemsOf({ method, isPublic, body, query, problems }: Operation): ErrorCode[] {
  const all = new Set<ErrorCode>([...problems, 'rate_limited', 'internal', 'unreachable']);
  if (!isPublic) all.add('missing_token').add('invalid_token');
  if (query) all.add('invalid_request');
  if (body) {
    all.add('invalid_request').add('validation_failed').add('payload_too_large');
  }
  if (method !== 'get') all.add('storage_full');
  return [...all];
}

function describeProblems(codes: ErrorCode[]): JsonSchema {
  const byStatus = Map.groupBy(codes, (code) => ERROR_STATUS[code]);
  return Object.fromEntries(
    [...byStatus].map(([status, ofStatus]) => [
      status,
      {
        description: ofStatus.map((code) => `\`${code}\`: ${PROBLEM_TITLES[code]}.`).join(' '),
        content: { 'application/problem+json': { schema: reference('Problem') } },
      },
    ]),
  );
}

function reference(name: SchemaName): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}
