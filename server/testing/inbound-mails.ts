import PostalMime from 'postal-mime';
import type { ResendAnswer } from './resend-server.ts';

/** The receiving side of the local server in Resend's place: mails by id, as its API hands them over. */
export interface InboundMails {
  /** Takes a mail in. @param eml the whole mail. @returns its `email_id` */
  receive(eml: string, options?: ReceiveOptions): Promise<string>;
  /** @returns undefined: not a path of the receiving side */
  answer(path: string, baseUrl: string): ResendAnswer | undefined;
  /** The next requests for a mail or a file are answered so, in turn. */
  script(...answers: ResendAnswer[]): void;
}

export interface ReceiveOptions {
  /** The envelope's recipients; default: those of `To`. */
  to?: string[];
  /** The raw mail cannot be had, so that only the list of headers tells. */
  withoutRaw?: boolean;
}

interface Stored {
  json: Record<string, unknown>;
  raw: string;
  files: Array<{ id: string; bytes: Buffer }>;
}

export function createInboundMails(): InboundMails {
  const mails = new Map<string, Stored>();
  const scripted: ResendAnswer[] = [];
  return {
    async receive(eml, options = {}) {
      const id = `inbound-${mails.size + 1}`;
      mails.set(id, await store(id, eml, options));
      return id;
    },
    script: (...answers) => void scripted.push(...answers),
    answer(path, baseUrl) {
      const raw = /^\/raw\/([\w-]+)$/.exec(path)?.[1];
      if (raw) return { status: 200, raw: mails.get(raw)?.raw ?? '' };
      const bytes = /^\/files\/([\w-]+)\/([\w-]+)$/.exec(path);
      if (bytes) return fileOf(mails, bytes[1]!, bytes[2]!) ?? missing;
      const match = /^\/emails\/receiving\/([\w-]+)(?:\/attachments\/([\w-]+))?(?:\?.*)?$/.exec(path);
      if (!match) return undefined;
      const next = scripted.shift();
      if (next) return next;
      const [, id = '', fileId] = match;
      const mail = mails.get(id);
      if (!mail) return missing;
      if (fileId) {
        const download = { download_url: `${baseUrl}/files/${id}/${fileId}`, expires_at: '2030-01-01' };
        return { status: 200, body: { object: 'attachment', id: fileId, ...download } };
      }
      const { raw: withRaw, ...json } = mail.json;
      return {
        status: 200,
        body: { ...json, raw: withRaw ? { download_url: `${baseUrl}/raw/${id}`, expires_at: '2030' } : null },
      };
    },
  };
}

const missing: ResendAnswer = {
  status: 404,
  body: { statusCode: 404, name: 'not_found', message: 'Not found.' },
};

function fileOf(mails: ReadonlyMap<string, Stored>, id: string, fileId: string): ResendAnswer | undefined {
  const bytes = mails.get(id)?.files.find((file) => file.id === fileId)?.bytes;
  return bytes && { status: 200, bytes };
}

async function store(id: string, eml: string, { to, withoutRaw }: ReceiveOptions): Promise<Stored> {
  const mail = await PostalMime.parse(eml);
  const head = eml.split(/\r?\n\r?\n/)[0]!;
  const files = mail.attachments.map((file, index) => ({
    id: `file-${index + 1}`,
    bytes: Buffer.from(file.content as ArrayBuffer),
    filename: file.filename,
    content_type: file.mimeType,
    content_disposition: file.disposition,
    content_id: file.contentId ?? null,
  }));
  // Resend names a header once: what stands there repeatedly becomes a list written as JSON.
  const headers: Record<string, string> = {};
  for (const [name, values] of Map.groupBy(mail.headers, (header) => header.key)) {
    const all = values.map((header) => header.value);
    headers[name] = all.length > 1 ? JSON.stringify(all) : all[0]!;
  }
  const recipients = (mail.to ?? []).map((one) => one.address ?? '');
  return {
    raw: eml,
    files: files.map(({ id: fileId, bytes }) => ({ id: fileId, bytes })),
    json: {
      object: 'email',
      id,
      from: mail.from?.name ? `${mail.from.name} <${mail.from.address}>` : (mail.from?.address ?? ''),
      to: recipients,
      cc: (mail.cc ?? []).map((one) => one.address ?? ''),
      bcc: [],
      reply_to: [],
      received_for: to ?? recipients,
      created_at: '2026-01-15T12:00:00.000Z',
      subject: mail.subject ?? '',
      text: /^content-type:\s*text\/html/im.test(head) ? null : (mail.text ?? null),
      html: mail.html ?? null,
      headers,
      message_id: mail.messageId ?? '',
      raw: !withoutRaw,
      attachments: files.map(({ bytes, ...file }) => ({ ...file, size: bytes.length })),
    },
  };
}
