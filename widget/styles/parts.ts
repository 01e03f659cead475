/**
 * The documented parts, as one `exportparts` value: every element inside passes them on, so that page CSS reaches
 * each as `support-center::part(name)`.
 */
export const PARTS = [
  'base',
  'header',
  'title',
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
  'form',
  'field',
  'label',
  'input',
  'textarea',
  'select',
  'button',
  'button-primary',
  'button-danger',
  'dropzone',
  'attachment',
  'thread',
  'message',
  'message-internal',
  'composer',
  'controls',
  'settings',
  'dialog',
  'toast',
  'error',
  'launcher',
  'panel',
] as const;

export const EXPORT_PARTS = PARTS.join(', ');
