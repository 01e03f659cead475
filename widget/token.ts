import { ApiError } from './api-error.ts';

/** Why a token is asked for: none yet, the last one is about to expire, or the server refused it. */
export type TokenReason = 'initial' | 'expired' | 'rejected';

/** What a host's `getToken` is called with. `signal` aborts when nobody waits for the answer any more. */
export interface TokenRequest {
  reason: TokenReason;
  signal: AbortSignal;
}
export type GetToken = (request: TokenRequest) => Promise<string> | string;

/** Where tokens come from; the first that is set wins. */
export interface TokenOptions {
  getToken: GetToken | null;
  /** Absolute, or relative to the page. */
  tokenUrl: string | null;
  token: string | null;
}

interface Held {
  token: string;
  /** `sub`; null when the token cannot be read. */
  subject: string | null;
  /** Milliseconds since 1970, by this machine's clock; Infinity when the token does not say. */
  expiresAt: number;
}

/** The tokens of one source, for all in the page who name the same: one session, asked for once. */
interface Line {
  users: Set<TokenSource>;
  held: Held | null;
  asking: Promise<string> | null;
  abort: AbortController;
}

const ASK_TIMEOUT_MS = 15_000;
const EARLY_MS = 30_000;

const lines = new Map<unknown, Line>();

/**
 * The host's tokens: asked for once at a time, kept until shortly before they expire, asked for anew when the server
 * refuses one.
 */
export class TokenSource {
  #options: TokenOptions = { getToken: null, tokenUrl: null, token: null };
  #key: unknown;
  #line: Line | null = null;
  #hasMet = false;
  readonly #onSubject: (subject: string) => void;

  /** @param onSubject called with the `sub` of each new token, before anyone gets to use it */
  constructor(onSubject: (subject: string) => void) {
    this.#onSubject = onSubject;
  }

  /** @returns whether tokens may now belong to somebody else: what was held is dropped then */
  configure(options: TokenOptions): boolean {
    const before = this.#options;
    this.#options = { ...options };
    // Hosts that render often pass a new function for the same person each time: that alone says nothing, but that
    // there is one does.
    const moved =
      before.token !== options.token ||
      before.tokenUrl !== options.tokenUrl ||
      (before.getToken === null) !== (options.getToken === null);
    if (moved) this.forget();
    return moved;
  }

  /** Drops the token and gives up asking, unless others in the page go on with it. */
  forget(): void {
    const line = this.#line;
    this.#line = null;
    this.#hasMet = false;
    line?.users.delete(this);
    if (!line || line.users.size > 0) return;
    line.abort.abort();
    lines.delete(this.#key);
  }

  /** @throws ApiError `no_token`, `offline`, `unreachable`, `timeout`, `aborted` */
  async get(): Promise<string> {
    const { held } = this.#join();
    if (held && Date.now() < held.expiresAt) {
      // Somebody else in the page had asked for it.
      if (!this.#hasMet) this.meet(held.subject);
      return held.token;
    }
    return await this.#ask(held ? 'expired' : 'initial');
  }

  /**
   * Another token in place of one that the server refused.
   *
   * @throws ApiError as `get`, and `invalid_token` when the host has no other
   */
  async renew(refused: string): Promise<string> {
    const { held } = this.#join();
    if (held && held.token !== refused) return held.token;
    const token = await this.#ask('rejected');
    if (token === refused) throw new ApiError('invalid_token', 'The same token came again.', { status: 401 });
    return token;
  }

  #join(): Line {
    if (this.#line) return this.#line;
    this.#key = sourceOf(this.#options) ?? this;
    const line = lines.get(this.#key) ?? {
      users: new Set(),
      held: null,
      asking: null,
      abort: new AbortController(),
    };
    lines.set(this.#key, line);
    line.users.add(this);
    return (this.#line = line);
  }

  async #ask(reason: TokenReason): Promise<string> {
    const line = this.#join();
    line.asking ??= this.#fetch(
      reason,
      AbortSignal.any([line.abort.signal, AbortSignal.timeout(ASK_TIMEOUT_MS)]),
    )
      .then((token) => {
        if (!line.abort.signal.aborted) hold(line, token);
        return token;
      })
      .finally(() => (line.asking = null));
    try {
      const token = await line.asking;
      if (this.#line === line) return token;
    } catch (error) {
      if (this.#line === line) throw error;
    }
    // Also of a failure: it is of options that hold no more.
    throw new ApiError('aborted', 'Given up.');
  }

  /** A new token is here. */
  meet(subject: string | null): void {
    this.#hasMet = true;
    if (subject !== null) this.#onSubject(subject);
  }

  async #fetch(reason: TokenReason, signal: AbortSignal): Promise<string> {
    const { getToken, tokenUrl, token } = this.#options;
    // A page that sets `getToken` where the element is defined already does so in this very turn.
    if (!getToken && !tokenUrl && !token) await new Promise((resolve) => setTimeout(resolve));
    const given = getToken
      ? await this.#call(getToken, reason, signal)
      : tokenUrl
        ? await fetchToken(tokenUrl, signal)
        : token;
    const trimmed = String(given).trim();
    // Nor a page that asks to sign in, which `token-url` may have led to.
    if (typeof given !== 'string' || /\s|^$/.test(trimmed)) {
      throw new ApiError('no_token', 'No token came from getToken, token-url or token.');
    }
    return trimmed;
  }

  async #call(getToken: GetToken, reason: TokenReason, signal: AbortSignal): Promise<string> {
    try {
      return await Promise.race([getToken({ reason, signal }), rejectOn(signal)]);
    } catch (cause) {
      if (cause instanceof ApiError) throw cause;
      throw new ApiError('no_token', cause instanceof Error ? cause.message : 'getToken failed.');
    }
  }
}

/** What tokens are had from: the function, the address, or the token itself. */
export function sourceOf({ getToken, tokenUrl, token }: TokenOptions): unknown {
  return getToken ?? tokenUrl ?? token;
}

function hold(line: Line, token: string): void {
  const { subject, lifetimeMs } = readClaims(token);
  // By the token's own length, not its end: the clocks of two machines need not agree.
  const early = Math.min(EARLY_MS, lifetimeMs / 10);
  line.held = { token, subject, expiresAt: Date.now() + lifetimeMs - early };
  // All at once: what the others show belongs to whoever was here before.
  for (const user of [...line.users]) user.meet(subject);
}

function rejectOn(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(toAbortError(signal)), { once: true });
  });
}

function toAbortError(signal: AbortSignal): ApiError {
  const late = (signal.reason as Error | undefined)?.name === 'TimeoutError';
  return late ? new ApiError('timeout', 'No token in time.') : new ApiError('aborted', 'Given up.');
}

async function fetchToken(url: string, signal: AbortSignal): Promise<unknown> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      credentials: 'include',
      cache: 'no-store',
      headers: { accept: 'application/json, text/plain' },
      signal,
    });
    text = await response.text();
  } catch {
    if (signal.aborted) throw toAbortError(signal);
    throw new ApiError(navigator.onLine ? 'unreachable' : 'offline', 'No answer from token-url.');
  }
  if (!response.ok) {
    throw new ApiError('no_token', `token-url answered ${response.status}.`, {
      status: response.status,
    });
  }
  try {
    const parsed = JSON.parse(text) as string | { token: string };
    return (parsed as { token: string }).token ?? parsed;
  } catch {
    // The token itself.
    return text;
  }
}

/** What the token says about itself, unverified: only the server's word counts. */
function readClaims(token: string): { subject: string | null; lifetimeMs: number } {
  try {
    const part = token.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/');
    // Without its UTF-8 being read: the subject is only compared.
    const { sub, iat, exp } = JSON.parse(atob(part)) as { sub: string; iat: number; exp: number };
    return { subject: sub ?? null, lifetimeMs: exp > iat ? (exp - iat) * 1000 : Infinity };
  } catch {
    return { subject: null, lifetimeMs: Infinity };
  }
}
