import type { ApiError } from './api-error.ts';
import { toApiError } from './problem.ts';
import type { TokenSource } from './token.ts';

export interface StreamSource {
  /** Without a slash at its end. */
  baseUrl: () => string;
  token: TokenSource;
  /** Told when nobody is signed in, or support is off: the rest is tried again. */
  onFailure: (error: ApiError) => void;
}

/**
 * Asks for the stream of events with a valid token, a new one when the first is refused.
 *
 * @throws ApiError, or what `fetch` throws when nothing answers
 */
export async function requestStream(
  { baseUrl, token, onFailure }: StreamSource,
  extras: readonly string[],
  lastEventId: string | null,
  signal: AbortSignal,
): Promise<Response> {
  const query = new URLSearchParams(extras.map((extra) => ['include', extra]));
  let bearer = await token.get();
  for (let isRenewed = false; ; isRenewed = true) {
    const headers: Record<string, string> = {
      authorization: `Bearer ${bearer}`,
      accept: 'text/event-stream',
    };
    if (lastEventId !== null) headers['last-event-id'] = lastEventId;
    const response = await fetch(`${baseUrl()}/events?${query}`, { headers, signal, cache: 'no-store' });
    if (response.ok) return response;
    const error = await toApiError(response);
    signal.throwIfAborted();
    if (response.status === 401 && !isRenewed) bearer = await token.renew(bearer);
    else {
      if (response.status === 401 || response.status === 403) onFailure(error);
      throw error;
    }
  }
}
