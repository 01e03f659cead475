import { SupportCenter } from './support-center.ts';

/** Registers the elements; those that another script registered before stay as they are. */
export function registerElements(): void {
  if (!customElements.get('support-center')) customElements.define('support-center', SupportCenter);
  // In a turn of its own: what the page's own element needs is asked for first.
  setTimeout(() => void registerLink());
}

async function registerLink(): Promise<void> {
  const { SupportLink } = await import('./support-link.ts');
  if (!customElements.get('support-link')) customElements.define('support-link', SupportLink);
}
