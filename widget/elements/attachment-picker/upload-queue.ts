import type { Attachment } from '../../../server/contract/tickets.ts';
import type { ApiError } from '../../api-error.ts';

/** Why a file is not attached: left out before any byte was sent, or an upload that failed. */
export type UploadProblem = 'too-large' | 'empty' | 'too-many' | ApiError;

export interface UploadItem {
  id: number;
  name: string;
  /** Bytes. */
  size: number;
  /** The bytes to send; null for a file that was uploaded earlier. */
  file: File | null;
  /** `refused` is not going to be sent and holds nothing up; `failed` can be tried again. */
  state: 'waiting' | 'uploading' | 'done' | 'failed' | 'refused';
  /** Of the bytes, 0 to 1. */
  share: number;
  attachment: Attachment | null;
  problem: UploadProblem | null;
  /** A `blob:` address to preview an image by. */
  preview: string | null;
}

export interface UploadLimits {
  fileMaxBytes: number;
  filesPerMessage: number;
}

type Upload = (
  file: File,
  options: { onProgress: (share: number) => void; signal: AbortSignal },
) => Promise<Attachment>;

/** More at once would not be faster, and would starve the page's other requests. */
const AT_ONCE = 2;

/** Formats that every browser shows. */
export const IMAGE_TYPES = /^image\/(png|jpeg|gif|webp)$/;

/** The files of one message on their way to the server. Knows neither DOM nor text. */
export class UploadQueue {
  items: readonly UploadItem[] = [];
  readonly #upload: Upload;
  readonly #limits: () => UploadLimits;
  readonly #changed: (item: UploadItem | null) => void;
  readonly #aborts = new Map<number, AbortController>();
  #lastId = 0;

  /** @param changed is called after every change, with the item whose state is a new one */
  constructor(upload: Upload, limits: () => UploadLimits, changed: (item: UploadItem | null) => void) {
    this.#upload = upload;
    this.#limits = limits;
    this.#changed = changed;
  }

  /** Takes what the limits allow and starts to upload it; the rest is listed with the reason. */
  add(files: Iterable<File>): void {
    const limits = this.#limits();
    for (const file of files) {
      const taken = this.items.filter((item) => item.state !== 'refused').length;
      const problem =
        file.size === 0
          ? 'empty'
          : file.size > limits.fileMaxBytes
            ? 'too-large'
            : taken >= limits.filesPerMessage
              ? 'too-many'
              : null;
      const item: UploadItem = {
        id: ++this.#lastId,
        name: file.name,
        size: file.size,
        file,
        state: problem ? 'refused' : 'waiting',
        share: 0,
        attachment: null,
        problem,
        preview: !problem && IMAGE_TYPES.test(file.type) ? URL.createObjectURL(file) : null,
      };
      this.items = [...this.items, item];
      this.#changed(problem ? item : null);
    }
    this.#start();
  }

  /** Replaces the finished ones by files that were uploaded earlier, such as a draft's. */
  restore(attachments: readonly Attachment[]): void {
    const known = new Map(this.items.map((item) => [item.attachment?.id, item]));
    const done = attachments.map<UploadItem>(
      (attachment) =>
        known.get(attachment.id) ?? {
          id: ++this.#lastId,
          name: attachment.name,
          size: attachment.size,
          file: null,
          state: 'done',
          share: 1,
          attachment,
          problem: null,
          preview: null,
        },
    );
    const kept = new Set(done);
    for (const item of this.items) if (item.state === 'done' && !kept.has(item)) this.#drop(item);
    this.items = [...done, ...this.items.filter((item) => item.state !== 'done')];
    this.#changed(null);
  }

  remove(id: number): void {
    const item = this.items.find((candidate) => candidate.id === id);
    if (!item) return;
    this.items = this.items.filter((candidate) => candidate !== item);
    this.#drop(item);
    this.#changed(null);
    this.#start();
  }

  retry(id: number): void {
    this.#set(id, { state: 'waiting', share: 0, problem: null });
    this.#start();
  }

  clear(): void {
    const items = this.items;
    this.items = [];
    for (const item of items) this.#drop(item);
    this.#changed(null);
  }

  #drop(item: UploadItem): void {
    this.#aborts.get(item.id)?.abort();
    if (item.preview) URL.revokeObjectURL(item.preview);
  }

  #start(): void {
    for (const item of this.items) {
      if (this.#aborts.size >= AT_ONCE) return;
      if (item.state === 'waiting') void this.#send(item);
    }
  }

  async #send(item: UploadItem): Promise<void> {
    const abort = new AbortController();
    this.#aborts.set(item.id, abort);
    this.#set(item.id, { state: 'uploading' });
    try {
      const attachment = await this.#upload(item.file!, {
        signal: abort.signal,
        onProgress: (share) => this.#set(item.id, { share }),
      });
      this.#set(item.id, { state: 'done', share: 1, attachment });
    } catch (error) {
      const problem = error as ApiError;
      // What the server finds too large stays so: trying again would not help.
      this.#set(item.id, { state: problem.code === 'payload_too_large' ? 'refused' : 'failed', problem });
    } finally {
      this.#aborts.delete(item.id);
      this.#start();
    }
  }

  /** Does nothing for an item that was removed meanwhile. */
  #set(id: number, change: Partial<UploadItem>): void {
    const item = this.items.find((candidate) => candidate.id === id);
    if (!item) return;
    const next = { ...item, ...change };
    this.items = this.items.map((candidate) => (candidate === item ? next : candidate));
    this.#changed(next.state === item.state ? null : next);
  }
}
