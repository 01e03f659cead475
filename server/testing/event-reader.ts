/** One event, or comment, as it came over a stream. */
export interface HeardEvent {
  /** Of the `event:` line; `comment` for a line that begins with a colon. */
  event: string;
  id?: string;
  data?: unknown;
}

/** Reads a stream of events as it comes. */
export class EventReader {
  readonly response: Response;
  /** Everything so far, comments left out. */
  readonly events: HeardEvent[] = [];
  comments = 0;
  /** The bytes as they came. */
  text = '';
  /** Resolves once the server has ended the stream; rejects when it was cut. */
  readonly ended: Promise<void>;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;

  constructor(response: Response) {
    this.response = response;
    this.#reader = response.body!.getReader();
    this.ended = this.#read();
    // Whoever does not wait for the end does not care how it comes.
    this.ended.catch(() => undefined);
  }

  /** The `data` of the events of one kind. */
  dataOf(event: string): unknown[] {
    return this.events.filter((one) => one.event === event).map(({ data }) => data);
  }

  get lastId(): string | undefined {
    return this.events.findLast(({ id }) => id !== undefined)?.id;
  }

  async close(): Promise<void> {
    await this.#reader.cancel().catch(() => undefined);
  }

  async #read(): Promise<void> {
    const decoder = new TextDecoder();
    let rest = '';
    for (;;) {
      const { done, value } = await this.#reader.read();
      if (done) return;
      const text = decoder.decode(value, { stream: true });
      this.text += text;
      const blocks = (rest + text).split('\n\n');
      rest = blocks.pop()!;
      for (const block of blocks) this.#take(block);
    }
  }

  #take(block: string): void {
    const heard: HeardEvent = { event: 'message' };
    let isEvent = false;
    for (const line of block.split('\n')) {
      const [, field = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line)!;
      if (field === '') this.comments += 1;
      if (field === 'event') heard.event = value;
      if (field === 'id') heard.id = value;
      if (field === 'data') heard.data = JSON.parse(value);
      if (field === 'event' || field === 'data') isEvent = true;
    }
    if (isEvent) this.events.push(heard);
  }
}
