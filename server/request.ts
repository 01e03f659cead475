import type { Context } from 'hono';
import type { z } from 'zod';
import { SupportError, type FieldError } from './contract/errors.ts';
import { LIMITS } from './contract/limits.ts';

/**
 * Reads and validates a JSON body. An empty one counts as `{}`, so that optional bodies may be left out.
 *
 * @throws SupportError `payload_too_large`, `invalid_request` (not JSON), `validation_failed` (with `errors`)
 */
export async function readJson<S extends z.ZodType>(c: Context, schema: S): Promise<z.output<S>> {
  const raw = await readText(c.req.raw, LIMITS.jsonMaxBytes);
  if (raw.trim() === '') return validate(schema, {});
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new SupportError('invalid_request', 'Send the body as application/json.');
  }
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    throw new SupportError('invalid_request', 'The body is not valid JSON.');
  }
  return validate(schema, value);
}

/**
 * Reads and validates the query. Parameters whose schema is an array may repeat; any other stands once.
 *
 * @throws SupportError `invalid_request`: an unknown, repeated or ill-formed parameter
 */
export function readQuery<S extends z.ZodObject>(c: Context, schema: S): z.output<S> {
  const given = new URLSearchParams(queryOf(c.req.url));
  const entries = [...new Set(given.keys())].map((name) => {
    const all = given.getAll(name);
    const type =
      Object.hasOwn(schema.shape, name) && unwrap(schema.shape[name] as z.ZodType | undefined)?.type;
    if (type === 'array' || all.length > 1) return [name, all] as const;
    // Digits alone: not `1e1`, `0x10` or `+5`, which are numbers too.
    return [name, type === 'number' && !/^\d+$/.test(all[0]!) ? NaN : all[0]] as const;
  });
  // Not by assignment: a parameter named `__proto__` is one that nobody knows, too.
  const result = schema.safeParse(Object.fromEntries(entries));
  if (result.success) return result.data;
  const [first] = fieldErrors(result.error);
  throw new SupportError('invalid_request', `Query: ${first?.path ?? ''}: ${first?.message ?? 'invalid'}`);
}

/** @throws SupportError `validation_failed` with one entry for each invalid field */
export function validate<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = fieldErrors(result.error);
  const detail = errors.map((error) => (error.path ? `${error.path}: ${error.message}` : error.message));
  throw new SupportError('validation_failed', detail.slice(0, 3).join(' '), { errors });
}

function fieldErrors(error: z.ZodError): FieldError[] {
  const errors: FieldError[] = [];
  for (const issue of error.issues) {
    const path = issue.path.map(String).join('.');
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        errors.push({ path: path ? `${path}.${key}` : key, message: 'Is not a known field.' });
      }
    } else {
      errors.push({ path, message: issue.message });
    }
  }
  return errors.slice(0, 50).map(({ path, message }) => ({ path: path.slice(0, 200), message }));
}

function queryOf(url: string): string {
  const at = url.indexOf('?');
  return at === -1 ? '' : url.slice(at + 1).split('#', 1)[0]!;
}

/**
 * Reads a body as text, to the byte.
 *
 * @throws SupportError `payload_too_large`, `invalid_request` (not UTF-8)
 */
export async function readText(request: Request, maxBytes: number): Promise<string> {
  const declared = Number(request.headers.get('content-length') ?? 0);
  if (declared > maxBytes) throw tooLarge(maxBytes);
  if (!request.body) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new SupportError('invalid_request', 'The body is not valid UTF-8.');
  }
}

function tooLarge(maxBytes: number): SupportError {
  return new SupportError('payload_too_large', `The body may have at most ${maxBytes / 1024} KiB.`);
}

function unwrap(schema: z.ZodType | undefined): { type: string } | undefined {
  let inner = schema as { type: string; unwrap?: () => z.ZodType } | undefined;
  while (inner && (inner.type === 'optional' || inner.type === 'default') && inner.unwrap) {
    inner = inner.unwrap();
  }
  return inner;
}
