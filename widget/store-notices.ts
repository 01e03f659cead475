import { Cell } from './cell.ts';
import type { Toast } from './state.ts';

const TOASTS_MAX = 4;

/** What is said in passing: toasts for the eye, announcements for screen readers. */
export class Notices {
  readonly toasts = new Cell<Toast[]>([]);
  readonly announcement = new Cell<string>('');
  #lastId = 0;

  reset(): void {
    this.toasts.set([]);
    this.announcement.set('');
  }

  /** The oldest gives way when there are too many. */
  toast(toast: Omit<Toast, 'id'>): void {
    this.#lastId += 1;
    this.toasts.set([...this.toasts.value, { ...toast, id: this.#lastId }].slice(-TOASTS_MAX));
  }

  dismiss(id: number): void {
    this.toasts.set(this.toasts.value.filter((toast) => toast.id !== id));
  }

  announce(text: string): void {
    // A live region is silent when its text stays the same: an invisible space makes it another.
    this.announcement.set(text !== '' && text === this.announcement.value ? `${text}\u00a0` : text);
  }
}
