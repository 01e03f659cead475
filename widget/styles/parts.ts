/** The documented parts of what is there from the start: list, badges, filters. */
export const LIST_PARTS = [
  'badge-bar',
  'badge',
  'badge-count',
  'filters',
  'search',
  'ticket-list',
  'ticket-card',
  'ticket-number',
  'ticket-subject',
  'priority',
  'status',
  'field',
  'label',
  'input',
  'select',
  'button',
  'error',
] as const;

/**
 * The value of `exportparts`: every element inside passes all on that may be in it, so that page CSS reaches each as
 * `support-center::part(name)`. `late-parts.ts` adds the rest, before anything else is there.
 */
export const exported = { parts: LIST_PARTS.join(', ') };
