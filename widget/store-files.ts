import type { Attachment } from '../server/contract/tickets.ts';
import type { Api } from './api.ts';
import { aborted, ApiError, unanswered } from './api-error.ts';
import { problemToError } from './problem.ts';
import type { TokenSource } from './token.ts';

export interface UploadOptions {
  /** Called with 0 to 1. */
  onProgress: (share: number) => void;
  signal: AbortSignal;
}

/** A large file takes its time on a slow line, and is given it as long as something comes. */
const SILENCE_MS = 20_000;

/** Uploads, and the bytes of what was uploaded. */
export class Files {
  readonly #api: Api;
  readonly #token: TokenSource;
  readonly #baseUrl: () => string;
  readonly #urls = new Map<string, Promise<string>>();

  constructor(api: Api, token: TokenSource, baseUrl: () => string) {
    this.#api = api;
    this.#token = token;
    this.#baseUrl = baseUrl;
  }

  /** Revokes every address: nothing of one identity is left to the next. */
  reset(): void {
    for (const url of this.#urls.values()) {
      url.then(
        (address) => URL.revokeObjectURL(address),
        () => undefined,
      );
    }
    this.#urls.clear();
  }

  /** @throws ApiError */
  async upload(file: File, { onProgress, signal }: UploadOptions): Promise<Attachment> {
    const both = AbortSignal.any([this.#api.life, signal]);
    const token = await this.#token.get();
    try {
      return await this.#send(file, token, onProgress, both);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      return await this.#send(file, await this.#token.renew(token), onProgress, both);
    }
  }

  /** @throws ApiError; the next call tries again */
  url({ id }: Attachment): Promise<string> {
    const known = this.#urls.get(id);
    if (known) return known;
    const made = this.#download(id).then((blob) => URL.createObjectURL(blob));
    this.#urls.set(id, made);
    made.catch(() => {
      if (this.#urls.get(id) === made) this.#urls.delete(id);
    });
    return made;
  }

  async #download(id: string): Promise<Blob> {
    const silence = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const listen = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MS);
    };
    listen();
    try {
      const path = `/attachments/${encodeURIComponent(id)}`;
      const response = await this.#api.answer('GET', path, { signal: silence.signal, isPatient: true });
      const heard = new TransformStream<Uint8Array, Uint8Array>({
        transform(part, rest) {
          listen();
          rest.enqueue(part);
        },
      });
      return await new Response(response.body!.pipeThrough(heard), response).blob();
    } catch (error) {
      if (silence.signal.aborted) throw new ApiError('timeout', 'Nothing came any more.');
      throw error instanceof ApiError ? error : unanswered();
    } finally {
      clearTimeout(timer);
    }
  }

  /** By XMLHttpRequest: fetch does not tell how far an upload is. No timeout, since it may take its time. */
  #send(
    file: File,
    token: string,
    onProgress: (share: number) => void,
    signal: AbortSignal,
  ): Promise<Attachment> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(aborted());
      const request = new XMLHttpRequest();
      const form = new FormData();
      form.append('file', file, file.name);
      const giveUp = (): void => request.abort();
      signal.addEventListener('abort', giveUp, { once: true });
      request.upload.onprogress = (event) => {
        if (event.lengthComputable && event.total > 0) onProgress(Math.min(1, event.loaded / event.total));
      };
      request.onload = () => {
        try {
          resolve(toAttachment(request));
        } catch (error) {
          reject(error);
        }
      };
      request.onerror = () => reject(unanswered());
      request.onabort = () => reject(aborted());
      request.onloadend = () => signal.removeEventListener('abort', giveUp);
      request.open('POST', `${this.#baseUrl()}/attachments`);
      request.setRequestHeader('authorization', `Bearer ${token}`);
      request.setRequestHeader('accept', 'application/json');
      request.send(form);
    });
  }
}

function toAttachment(request: XMLHttpRequest): Attachment {
  if (request.status < 200 || request.status > 299) {
    throw problemToError(request.status, request.responseText, request.getResponseHeader('retry-after'));
  }
  try {
    return JSON.parse(request.responseText) as Attachment;
  } catch {
    throw new ApiError('unreachable', 'The answer makes no sense.');
  }
}
