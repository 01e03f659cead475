import type { Change, Clock, LiveHub, Whisper } from '../deps.ts';
import { changeFrame, HEARTBEAT, RESYNC, whisperFrame, type Frame } from './frames.ts';
import type { Sink } from './sink.ts';

/** Ticks between two heartbeats of a stream. Half of what proxies usually wait, and of what the contract allows. */
const HEARTBEAT_TICKS = 12;
/** Ticks over which a crowd is told to load anew: not all in the same second. */
const RESYNC_TICKS = 3;
/** Changes that may happen while a stream's backlog is read. */
const MAX_PENDING = 1000;

/** Whose stream it is, and what it may and wants to tell. */
export interface Reader {
  userId: number;
  /** Sees every ticket and every note. */
  isAgent: boolean;
  /** Milliseconds since 1970 UTC: when the token expires. */
  endsAt: number;
  reads: boolean;
  presence: boolean;
  mails: boolean;
}

/** One open stream. */
export class Stream {
  readonly reader: Reader;
  sink: Sink | null = null;
  /** What happened while the backlog is being read; null: it is written. */
  pending: Array<{ seq: number; frame: Frame }> | null = [];
  isClosed = false;
  /** Up to which it was told by its backlog: another process's change may be heard of only after that. */
  toldUpTo = 0;
  /** Is yet to be told to load anew. */
  isStale = false;
  /** The second, of each `HEARTBEAT_TICKS`, in which it gets its heartbeat. */
  readonly beat: number;

  constructor(reader: Reader, beat: number) {
    this.reader = reader;
    this.beat = beat;
  }
}

/** Every stream of this process. A change is put into a frame once, whatever the number of its readers. */
export class LiveStreams {
  readonly #hub: LiveHub;
  readonly #clock: Clock;
  readonly #agents = new Set<Stream>();
  readonly #byUser = new Map<number, Set<Stream>>();
  #clients = 0;
  #opened = 0;
  #ticks = 0;

  constructor(hub: LiveHub, clock: Clock) {
    this.#hub = hub;
    this.#clock = clock;
    hub.subscribe({
      changed: (change) => this.#tell(change),
      whispered: (whisper) => this.#whisper(whisper),
      unsure: () => this.#resync(() => true),
      ended: () => this.endAll(),
    });
  }

  /** How many streams of this user are open. */
  countOf(userId: number): number {
    return this.#byUser.get(userId)?.size ?? 0;
  }

  /** How many are open, by whose they are. */
  countByRole(): { agent: number; client: number } {
    return { agent: this.#agents.size, client: this.#clients };
  }

  get isEmpty(): boolean {
    return this.#byUser.size === 0;
  }

  /** From here on, every change is kept for the stream until `begin`. */
  open(reader: Reader): Stream {
    const stream = new Stream(reader, this.#opened++ % HEARTBEAT_TICKS);
    // The process stops: this one ends as it begins.
    stream.isClosed = this.#hub.isEnded;
    if (stream.isClosed) return stream;
    const { userId, isAgent } = reader;
    if (isAgent) this.#agents.add(stream);
    else this.#clients += 1;
    const own = this.#byUser.get(userId);
    if (own) own.add(stream);
    else this.#byUser.set(userId, new Set([stream]));
    return stream;
  }

  /** Writes what was missed, then what happened since, and goes on live. */
  begin(stream: Stream, sink: Sink, backlog: readonly Frame[], lastSeq: number): void {
    const { pending } = stream;
    stream.pending = null;
    if (stream.isClosed) return sink.end();
    stream.sink = sink;
    stream.toldUpTo = lastSeq;
    for (const frame of backlog) sink.write(frame);
    for (const { seq, frame } of pending ?? []) this.#send(stream, seq, frame);
  }

  /** Forgets a stream whose reader is gone. */
  close(stream: Stream): void {
    stream.isClosed = true;
    this.#agents.delete(stream);
    const { userId, isAgent } = stream.reader;
    const own = this.#byUser.get(userId);
    if (own?.delete(stream) && !isAgent) this.#clients -= 1;
    if (own?.size === 0) this.#byUser.delete(userId);
  }

  /** Once a second: heartbeats, and the end of streams whose token has expired. */
  tick(): void {
    const now = this.#clock.now();
    const beat = this.#ticks % HEARTBEAT_TICKS;
    const turn = this.#ticks++ % RESYNC_TICKS;
    for (const stream of this.#all()) {
      if (now >= stream.reader.endsAt) this.#end(stream);
      else if (stream.isStale && stream.sink && stream.beat % RESYNC_TICKS === turn) {
        stream.isStale = false;
        this.#write(stream, RESYNC);
      }
      // Spread over the seconds: thousands at once would hold up everything else.
      else if (stream.beat === beat && stream.sink) this.#write(stream, HEARTBEAT);
    }
  }

  /** Ends those of clients: support has been switched off for them. */
  endClients(): void {
    for (const stream of this.#all()) if (!stream.reader.isAgent) this.#end(stream);
  }

  /** Has clients load anew: where they find support has changed. */
  resyncClients(): void {
    this.#resync(({ reader }) => !reader.isAgent);
  }

  get hasClients(): boolean {
    return this.#clients > 0;
  }

  endAll(): void {
    for (const stream of this.#all()) this.#end(stream);
  }

  #resync(isMeant: (stream: Stream) => boolean): void {
    for (const stream of this.#all()) stream.isStale ||= isMeant(stream);
  }

  #all(): Stream[] {
    return [...this.#byUser.values()].flatMap((streams) => [...streams]);
  }

  #tell(change: Change): void {
    const { seq, internal, requesterId } = change;
    const frame = changeFrame(change);
    for (const stream of this.#agents) this.#send(stream, seq, frame);
    // Rule 6: of a note, a client's stream does not even tell that there is one.
    if (internal) return;
    for (const stream of this.#byUser.get(requesterId) ?? []) {
      if (!stream.reader.isAgent) this.#send(stream, seq, frame);
    }
  }

  #whisper(whisper: Whisper): void {
    const frame = whisperFrame(whisper);
    for (const stream of this.#audience(whisper)) {
      if (stream.sink && wants(stream.reader, whisper.event)) this.#write(stream, frame);
    }
  }

  #audience({ to }: Whisper): Iterable<Stream> {
    return to === 'agents' ? this.#agents : to.flatMap((userId) => [...(this.#byUser.get(userId) ?? [])]);
  }

  #send(stream: Stream, seq: number, frame: Frame): void {
    if (!stream.pending) {
      if (seq > stream.toldUpTo) this.#write(stream, frame);
    } else if (stream.pending.push({ seq, frame }) > MAX_PENDING) this.#drop(stream);
  }

  #write(stream: Stream, frame: Frame): void {
    // Between two ticks, too, nothing is told on a token that is no longer valid.
    if (this.#clock.now() >= stream.reader.endsAt) this.#end(stream);
    else if (stream.sink?.write(frame) === false) this.#drop(stream);
  }

  #end(stream: Stream): void {
    this.close(stream);
    stream.sink?.end();
  }

  /** Too slow: what it missed, it asks for when it comes back. */
  #drop(stream: Stream): void {
    this.close(stream);
    stream.sink?.drop();
  }
}

/** Of all this, a client may hear only what they have read themselves. */
function wants({ isAgent, reads, presence, mails }: Reader, event: Whisper['event']): boolean {
  if (event === 'read') return reads;
  return isAgent && (event === 'presence' ? presence : mails);
}
