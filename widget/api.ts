import { aborted, ApiError, unanswered } from './api-error.ts';
import type { TokenSource } from './token.ts';

const TIMEOUT_MS = 15_000;
/** A reader waits this long for the server's permission to ask again, not longer. */
const RETRY_AFTER_MAX_S = 10;

export interface RequestOptions {
  query?: URLSearchParams;
  /** Sent as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** `signal` alone says when it takes too long. */
  isPatient?: boolean;
}

export interface Answer<T> {
  data: T;
  etag: string | null;
}

export interface ApiOptions {
  /** Without a slash at its end. */
  baseUrl: () => string;
  token: TokenSource;
  /** Told of every request that failed in the end, but not of those given up on purpose. */
  onFailure: (error: ApiError) => void;
}

/** Requests to the server, authorised; every failure is an `ApiError`. */
export class Api {
  /** A tag of BCP 47; empty: what the browser says. */
  language = '';
  readonly #options: ApiOptions;
  #life = new AbortController();

  constructor(options: ApiOptions) {
    this.#options = options;
  }

  /** Gives up every request in flight: their answers belong to somebody who left. */
  abortAll(): void {
    this.#life.abort();
    this.#life = new AbortController();
  }

  /** Aborts with `abortAll`. */
  get life(): AbortSignal {
    return this.#life.signal;
  }

  async get<T>(path: string, options?: RequestOptions): Promise<T> {
    return (await this.send<T>('GET', path, options)).data;
  }

  async post<T>(path: string, options?: RequestOptions): Promise<T> {
    return (await this.send<T>('POST', path, options)).data;
  }

  /**
   * @param path below the base URL, from its slash on
   * @throws ApiError
   */
  async send<T>(method: string, path: string, options: RequestOptions = {}): Promise<Answer<T>> {
    const response = await this.answer(method, path, options);
    const etag = response.headers.get('etag');
    if (response.status === 204) return { data: undefined as T, etag };
    try {
      return { data: (await response.json()) as T, etag };
    } catch {
      throw this.#failed(options.signal?.aborted ? aborted() : new ApiError('unreachable', 'No JSON.'));
    }
  }

  /**
   * The same request with a new token when the first is refused; GETs wait out one `Retry-After`.
   *
   * @throws ApiError
   */
  async answer(method: string, path: string, options: RequestOptions): Promise<Response> {
    const life = this.#life.signal;
    const signal = options.signal ? AbortSignal.any([life, options.signal]) : life;
    try {
      let token = await this.#options.token.get();
      let renewed = false;
      let waited = false;
      for (;;) {
        if (signal.aborted) throw aborted();
        const response = await this.#fetch(method, path, options, token, signal);
        if (response.ok) return response;
        if (signal.aborted) throw aborted();
        if (response.status === 401 && !renewed) {
          renewed = true;
          token = await this.#options.token.renew(token);
          continue;
        }
        // With the code after the list; when that does not come, nobody is to be reached.
        const { toApiError, wait } = await import('./problem.ts').catch(() => {
          throw unanswered();
        });
        const error = await toApiError(response);
        if (signal.aborted) throw aborted();
        if (response.status === 429 && method === 'GET' && !waited && isShort(error.retryAfter)) {
          waited = true;
          await wait((error.retryAfter ?? 0) * 1000, signal);
        } else {
          throw error;
        }
      }
    } catch (error) {
      throw this.#failed(error as ApiError);
    }
  }

  async #fetch(
    method: string,
    path: string,
    options: RequestOptions,
    token: string,
    signal: AbortSignal,
  ): Promise<Response> {
    const query = options.query?.size ? `?${options.query}` : '';
    const headers: Record<string, string> = {
      ...options.headers,
      authorization: `Bearer ${token}`,
      accept: 'application/json',
    };
    if (this.language) headers['accept-language'] = this.language;
    const init: RequestInit = { method, headers };
    if (options.body !== undefined) {
      headers['content-type'] = 'application/json';
      init.body = JSON.stringify(options.body);
    }
    const late = AbortSignal.timeout(TIMEOUT_MS);
    init.signal = options.isPatient ? signal : AbortSignal.any([signal, late]);
    try {
      return await fetch(`${this.#options.baseUrl()}${path}${query}`, init);
    } catch {
      if (signal.aborted) throw aborted();
      if (late.aborted) throw new ApiError('timeout', 'No answer in time.');
      throw unanswered();
    }
  }

  #failed(error: ApiError): ApiError {
    if (error.code !== 'aborted') this.#options.onFailure(error);
    return error;
  }
}

function isShort(seconds: number | null): boolean {
  return seconds !== null && seconds <= RETRY_AFTER_MAX_S;
}
