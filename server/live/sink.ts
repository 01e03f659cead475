import type { ServerResponse } from 'node:http';
import type { Frame } from './frames.ts';

/** Bytes that may wait for a slow reader, some hundred events; with more it is dropped, and resumes later. */
export const MAX_WAITING_BYTES = 64 * 1024;

/** Where the frames of one stream go. */
export interface Sink {
  /** @returns false: more waits already than a reader may leave lying */
  write(frame: Frame): boolean;
  /** Ends the answer in order, after what was written. */
  end(): void;
  /** Cuts it off. */
  drop(): void;
}

/**
 * Straight onto Node's response: a frame is written to any number of them without being copied.
 *
 * @param onClose called once when the reader is gone or the answer has ended
 */
export function nodeSink(response: ServerResponse, onClose: () => void): Sink {
  response.once('close', onClose);
  // A reader that resets the connection is no error of ours.
  response.on('error', ignore);
  return {
    write(frame) {
      if (response.destroyed || response.writableEnded) return true;
      response.write(frame);
      return response.writableLength <= MAX_WAITING_BYTES;
    },
    end: () => void response.end(),
    drop: () => void response.destroy(),
  };
}

function ignore(): void {}

/** For hosts that are not Node, and for tests: the body of a `Response`. */
export function webSink(
  signal: AbortSignal,
  onClose: () => void,
): { sink: Sink; body: ReadableStream<Uint8Array> } {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const close = (finish: (open: ReadableStreamDefaultController<Uint8Array>) => void) => {
    const open = controller;
    if (!open) return;
    controller = undefined;
    signal.removeEventListener('abort', drop);
    finish(open);
    onClose();
  };
  const drop = () => close((open) => open.error(new Error('The stream was cut off.')));
  const body = new ReadableStream<Uint8Array>(
    {
      start(open) {
        controller = open;
      },
      cancel: () => close(() => {}),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: MAX_WAITING_BYTES }),
  );
  signal.addEventListener('abort', drop, { once: true });
  const sink: Sink = {
    write(frame) {
      if (!controller) return true;
      // A copy: whoever reads the body may do with its chunks as they like.
      controller.enqueue(new Uint8Array(frame));
      return (controller.desiredSize ?? 0) >= 0;
    },
    end: () => close((open) => open.close()),
    drop,
  };
  return { sink, body };
}
