import type { Problem } from '../server/contract/errors.ts';
import { aborted, ApiError } from './api-error.ts';

/** Reads the problem document; what is none comes from something in between, so the server was not reached. */
export async function toApiError(response: Response): Promise<ApiError> {
  const text = await response.text().catch(() => '');
  return problemToError(response.status, text, response.headers.get('retry-after'));
}

export function problemToError(status: number, text: string, retryAfterHeader: string | null): ApiError {
  const retryAfter = readRetryAfter(retryAfterHeader);
  try {
    const problem = JSON.parse(text) as Partial<Problem>;
    if (typeof problem.code === 'string') {
      const detail = problem.detail ?? problem.title ?? '';
      return new ApiError(problem.code, detail, {
        status,
        errors: problem.errors ?? [],
        retryAfter,
      });
    }
  } catch {
    // A proxy's page, or nothing.
  }
  const code = status === 429 ? 'rate_limited' : status === 413 ? 'payload_too_large' : 'unreachable';
  return new ApiError(code, `Status ${status}.`, { status, retryAfter });
}

/** Seconds; the other form, a date, is as good as none: nobody waits for long. */
function readRetryAfter(header: string | null): number | null {
  const seconds = Number(header);
  return header && seconds >= 0 ? Math.ceil(seconds) : null;
}

export function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        reject(aborted());
      },
      { once: true },
    );
  });
}
