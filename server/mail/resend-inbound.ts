import type { Resend } from 'resend';
import type { FetchOutcome, IncomingMail, MailReceiver } from '../deps.ts';
import { expandHeaders, parseHeaderBlock } from './in/headers.ts';

/** More than any mail's headers; the rest of the mail is not read. */
const HEADERS_MAX_BYTES = 256 * 1024;

interface ReceiverOptions {
  baseUrl: string;
  timeoutMs: number;
  /** What an answer that is none of the expected ones means. */
  explain(
    error: unknown,
    headers: Record<string, string>,
    timedOut: boolean,
  ): Exclude<FetchOutcome, { state: 'fetched' }>;
}

type ReceivedEmail = NonNullable<Awaited<ReturnType<Resend['emails']['receiving']['get']>>['data']>;

/** Fetches mails that came in through Resend. Its webhook names them; the content is asked for here. */
export function createResendReceiver(client: Resend, options: ReceiverOptions): MailReceiver {
  const within = (signal: AbortSignal) => AbortSignal.any([signal, AbortSignal.timeout(options.timeoutMs)]);

  return {
    async fetch(providerId, signal) {
      const deadline = within(signal);
      const id = encodeURIComponent(providerId);
      try {
        const answer = await client.emails.receiving.get(id, { html_format: 'cid' }, { signal: deadline });
        if (!isEmail(answer.data)) {
          return options.explain(answer.error, answer.headers ?? {}, deadline.aborted);
        }
        return { state: 'fetched', mail: await toMail(answer.data, options.baseUrl, deadline) };
      } catch (error) {
        return { state: 'retry', error: deadline.aborted ? 'No answer in time.' : String(error) };
      }
    },
    async download(providerId, fileId, signal) {
      const answer = await client.emails.receiving.attachments.get(
        { emailId: encodeURIComponent(providerId), id: encodeURIComponent(fileId) },
        { signal: within(signal) },
      );
      if (!answer.data) throw new Error(`No address for the file: ${answer.error?.message ?? 'no answer'}`);
      // A large file takes longer than an answer may.
      const patience = AbortSignal.any([signal, AbortSignal.timeout(options.timeoutMs * 8)]);
      const response = await get(answer.data.download_url, options.baseUrl, patience);
      if (!response.ok || !response.body) throw new Error(`No file: ${response.status}`);
      return response.body;
    },
  };
}

async function toMail(email: ReceivedEmail, baseUrl: string, signal: AbortSignal): Promise<IncomingMail> {
  const raw = email.raw?.download_url ? await readRawHeaders(email.raw.download_url, baseUrl, signal) : null;
  const all = [email.received_for, email.to, email.cc, email.bcc].flatMap((list) => list ?? []);
  return {
    from: email.from,
    to: [...new Set(all)],
    subject: email.subject ?? '',
    text: email.text || null,
    html: email.html || null,
    headers: raw ?? expandHeaders(email.headers ?? {}),
    inOrder: raw !== null,
    messageId: email.message_id || null,
    files: (email.attachments ?? []).map((file) => ({
      id: file.id,
      name: file.filename,
      size: file.size,
      contentType: file.content_type,
      inline: file.content_disposition === 'inline' && Boolean(file.content_id),
    })),
  };
}

/**
 * The headers as they stand in the mail. The API's own list of them has lost their order, and with it
 * whether a verdict is the provider's or was written by the sender.
 */
async function readRawHeaders(
  url: string,
  baseUrl: string,
  signal: AbortSignal,
): Promise<Array<[string, string]> | null> {
  const response = await get(url, baseUrl, signal);
  if (!response.ok || !response.body) return null;
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body) {
    text += decoder.decode(chunk, { stream: true });
    if (/\r?\n\r?\n/.test(text) || text.length > HEADERS_MAX_BYTES) break;
  }
  return parseHeaderBlock(text.split(/\r?\n\r?\n/, 1)[0] ?? '');
}

/** Addresses come from the provider; still nothing is asked of plain HTTP but the provider itself. */
async function get(address: string, baseUrl: string, signal: AbortSignal): Promise<Response> {
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.origin !== new URL(baseUrl).origin) {
    throw new Error('A file at an address that is not https.');
  }
  return await fetch(url, { signal, redirect: 'error' });
}

function isEmail(data: unknown): data is ReceivedEmail {
  if (typeof data !== 'object' || data === null) return false;
  const { from, to } = data as Partial<ReceivedEmail>;
  return typeof from === 'string' && Array.isArray(to);
}
