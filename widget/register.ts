import { SupportCenter } from './support-center.ts';
import { SupportLink } from './support-link.ts';

/** Registers the elements; those that another script registered before stay as they are. */
export function registerElements(): void {
  if (!customElements.get('support-center')) customElements.define('support-center', SupportCenter);
  if (!customElements.get('support-link')) customElements.define('support-link', SupportLink);
}
