import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Where dropped and pasted files go. */
export interface FileTaker {
  addFiles(files: Iterable<File>): void;
  /** Whether files hover over the place where they can be dropped. */
  dragging: boolean;
  readonly disabled: boolean;
}

/**
 * Makes a whole element a place to drop files on and to paste screenshots into:
 *
 * @example
 * readonly drop = new FileDrop(this, () => this.renderRoot.querySelector('support-center-attachment-picker'), (time) => this.t('files.pasted', { time }));
 */
export class FileDrop implements ReactiveController {
  readonly #taker: () => FileTaker | null;
  readonly #pastedName: (time: string) => string;
  /** Entering a child comes before leaving its parent: the pointer is outside when both are even. */
  #depth = 0;

  /**
   * @param taker the picker, once it is rendered
   * @param pastedName names a pasted image, which has no name of its own
   */
  constructor(
    host: ReactiveControllerHost & HTMLElement,
    taker: () => FileTaker | null,
    pastedName: (time: string) => string,
  ) {
    this.#taker = taker;
    this.#pastedName = pastedName;
    host.addController(this);
    for (const type of ['dragenter', 'dragover', 'dragleave', 'drop', 'paste']) {
      host.addEventListener(type, this as EventListenerObject);
    }
  }

  hostDisconnected(): void {
    this.#depth = 0;
  }

  /** Of the host itself: they go with it. */
  handleEvent(event: DragEvent | ClipboardEvent): void {
    if (event instanceof DragEvent) this.#drag(event);
    else this.#paste(event);
  }

  #drag(event: DragEvent): void {
    const { type, dataTransfer } = event;
    if (!dataTransfer?.types.includes('Files')) return;
    const taker = this.#taker();
    // Without this the browser would leave the page for the dropped file.
    event.preventDefault();
    if (type === 'dragover') {
      dataTransfer.dropEffect = taker?.disabled ? 'none' : 'copy';
      return;
    }
    if (type === 'drop') this.#depth = 0;
    else this.#depth = Math.max(0, this.#depth + (type === 'dragenter' ? 1 : -1));
    if (taker) taker.dragging = this.#depth > 0 && !taker.disabled;
    if (type === 'drop') this.#take([...dataTransfer.files]);
  }

  #paste(event: ClipboardEvent): void {
    const transfer = event.clipboardData;
    // Office programs add a picture of the text they copy: the text is what was meant.
    if (!transfer?.files.length || transfer.types.includes('text/plain')) return;
    event.preventDefault();
    const time = new Date().toLocaleString('sv').replaceAll(':', '-');
    this.#take(
      [...transfer.files].map((file) =>
        /^image\.png$/i.test(file.name)
          ? new File([file], this.#pastedName(time), { type: file.type })
          : file,
      ),
    );
  }

  #take(files: File[]): void {
    const taker = this.#taker();
    if (taker && !taker.disabled && files.length > 0) taker.addFiles(files);
  }
}
