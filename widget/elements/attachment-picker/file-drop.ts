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
  readonly #host: ReactiveControllerHost & HTMLElement;
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
    this.#host = host;
    this.#taker = taker;
    this.#pastedName = pastedName;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.addEventListener('dragenter', this.#enter);
    this.#host.addEventListener('dragover', this.#over);
    this.#host.addEventListener('dragleave', this.#leave);
    this.#host.addEventListener('drop', this.#drop);
    this.#host.addEventListener('paste', this.#paste);
  }

  hostDisconnected(): void {
    this.#host.removeEventListener('dragenter', this.#enter);
    this.#host.removeEventListener('dragover', this.#over);
    this.#host.removeEventListener('dragleave', this.#leave);
    this.#host.removeEventListener('drop', this.#drop);
    this.#host.removeEventListener('paste', this.#paste);
    this.#depth = 0;
  }

  #show(dragging: boolean): void {
    const taker = this.#taker();
    if (taker) taker.dragging = dragging && !taker.disabled;
  }

  readonly #enter = (event: DragEvent): void => {
    if (!holdsFiles(event.dataTransfer)) return;
    event.preventDefault();
    this.#depth += 1;
    this.#show(true);
  };

  readonly #over = (event: DragEvent): void => {
    if (!holdsFiles(event.dataTransfer)) return;
    // Without this the browser would leave the page for the dropped file.
    event.preventDefault();
    event.dataTransfer!.dropEffect = this.#taker()?.disabled ? 'none' : 'copy';
  };

  readonly #leave = (event: DragEvent): void => {
    if (!holdsFiles(event.dataTransfer)) return;
    this.#depth = Math.max(0, this.#depth - 1);
    if (this.#depth === 0) this.#show(false);
  };

  readonly #drop = (event: DragEvent): void => {
    if (!holdsFiles(event.dataTransfer)) return;
    event.preventDefault();
    this.#depth = 0;
    this.#show(false);
    this.#take([...event.dataTransfer!.files]);
  };

  readonly #paste = (event: ClipboardEvent): void => {
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
  };

  #take(files: File[]): void {
    const taker = this.#taker();
    if (taker && !taker.disabled && files.length > 0) taker.addFiles(files);
  }
}

function holdsFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes('Files') ?? false;
}
