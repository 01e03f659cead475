import { exported, LIST_PARTS } from './parts.ts';

/** Every documented part. */
export const PARTS = [
  ...LIST_PARTS,
  'base',
  'header',
  'title',
  'form',
  'textarea',
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
  'launcher',
  'panel',
] as const;

/** Passes all of them on from now on. */
export function exportAllParts(): void {
  exported.parts = PARTS.join(', ');
}
