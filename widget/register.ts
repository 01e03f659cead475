import { onceAfterList } from './loader.ts';
import { SupportCenter } from './support-center.ts';

/** Registers the elements; those that another script registered before stay as they are. */
export function registerElements(): void {
  if (!customElements.get('support-center')) customElements.define('support-center', SupportCenter);
  // What the page's own element needs is asked for first, but nobody waits for long who makes a link later.
  onceAfterList(() => void registerLink());
  setTimeout(() => void registerLink(), globalThis.document?.querySelector('support-link') ? 0 : 1000);
}

async function registerLink(): Promise<void> {
  const { SupportLink } = await import('./support-link.ts');
  if (!customElements.get('support-link')) customElements.define('support-link', SupportLink);
}
