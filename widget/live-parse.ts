/** One event of a stream. */
export interface StreamEvent {
  /** Of its `event:` line. */
  event: string;
  /** null: it is no part of what a stream resumes from. */
  id: string | null;
  data: unknown;
}

/** Turns the text of an event stream into events, however it is cut up on the way. */
export class EventParser {
  #rest = '';

  /** @returns the events that `text` completes; comments and what cannot be read are left out */
  feed(text: string): StreamEvent[] {
    const blocks = (this.#rest + text.replaceAll('\r', '')).split('\n\n');
    this.#rest = blocks.pop() ?? '';
    return blocks.map(parse).filter((event) => event !== null);
  }
}

function parse(block: string): StreamEvent | null {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const at = line.indexOf(':');
    if (at > 0) fields.set(line.slice(0, at), line.slice(at + 1).trimStart());
  }
  try {
    const data: unknown = JSON.parse(fields.get('data') ?? '');
    return { event: fields.get('event') ?? 'message', id: fields.get('id') ?? null, data };
  } catch {
    return null;
  }
}
