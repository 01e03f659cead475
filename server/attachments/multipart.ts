import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { invalidField, SupportError } from '../contract/errors.ts';

/** Milliseconds without a byte after which an upload counts as broken off. */
const STALLED_AFTER_MS = 30_000;

/** The one file of a form, while it arrives. */
export interface IncomingFile {
  name: string | undefined;
  bytes: AsyncIterable<Uint8Array>;
}

/**
 * Reads a form with exactly one file in the field `file`, and hands the file on while it arrives: nothing
 * is kept in memory.
 *
 * @param store consumes the bytes; its result is returned
 * @param discard undoes `store` when what follows the file turns out to be wrong
 * @throws SupportError `invalid_request` (no form, a broken, aborted or stalled one), `validation_failed` at `file`
 *   (none, two) or at the name of another field, or whatever `store` throws
 */
export async function readFile<T>(
  request: Request,
  store: (file: IncomingFile) => Promise<T>,
  discard: (stored: T) => Promise<void>,
  stalledAfterMs: number = STALLED_AFTER_MS,
): Promise<T> {
  const form = openForm(request);
  const failed = new AbortController();
  const stalled = setTimeout(() => failed.abort(broken()), stalledAfterMs);
  let storing: Promise<T> | undefined;
  let stream: Readable | undefined;
  let problem: SupportError | undefined;

  form.on('file', (field, file, name) => {
    // An error of the file is one of the form, which the pipeline reports.
    file.on('error', () => {});
    if (field !== 'file') problem ??= unknownField(field);
    else if (storing) problem ??= invalidField('file', 'Send one file at a time.');
    if (problem) return void file.resume();
    stream = file;
    storing = store({ name, bytes: file });
    // Where storing has failed there is no use in reading on.
    storing.catch((error: unknown) => failed.abort(error));
  });
  form.on('field', (field) => {
    problem ??= field === 'file' ? fileMissing() : unknownField(field);
  });

  try {
    const bytes = Readable.fromWeb(request.body as ReadableStream);
    bytes.on('data', () => stalled.refresh());
    await pipeline(bytes, form, { signal: failed.signal });
  } catch (error) {
    const cause: unknown = failed.signal.aborted ? failed.signal.reason : broken();
    stream?.destroy(error as Error);
    await storing?.then(discard, () => {});
    throw cause;
  } finally {
    clearTimeout(stalled);
  }
  if (problem) {
    await storing?.then(discard, () => {});
    throw problem;
  }
  if (!storing) throw fileMissing();
  return await storing;
}

function openForm(request: Request): BusboyInstance {
  const type = request.headers.get('content-type') ?? '';
  if (!/^multipart\/form-data\s*;/i.test(type) || !request.body) {
    throw new SupportError('invalid_request', 'Send the file as multipart/form-data.');
  }
  try {
    return new Busboy({
      headers: { 'content-type': type },
      limits: { fields: 10, fieldNameSize: 100, fieldSize: 1024, files: 2, parts: 12, headerPairs: 50 },
    });
  } catch {
    throw broken();
  }
}

function broken(): SupportError {
  return new SupportError('invalid_request', 'The form is broken off or not well-formed.');
}

function fileMissing(): SupportError {
  return invalidField('file', 'Choose a file.');
}

function unknownField(field: string | undefined): SupportError {
  return invalidField((field ?? '').slice(0, 100), 'Is not a known field.');
}
