import { SupportCenter } from './support-center.ts';

/** Registers the elements; those that another script registered before stay as they are. */
export function registerElements(): void {
  if (!customElements.get('support-center')) customElements.define('support-center', SupportCenter);
  if (document.querySelector('support-link')) void registerLink();
  // One that comes later, or stands in another shadow root, may wait until the page rests.
  else if ('requestIdleCallback' in globalThis)
    requestIdleCallback(() => void registerLink(), { timeout: 2000 });
  else setTimeout(() => void registerLink(), 500);
}

async function registerLink(): Promise<void> {
  const { SupportLink } = await import('./support-link.ts');
  if (!customElements.get('support-link')) customElements.define('support-link', SupportLink);
}
