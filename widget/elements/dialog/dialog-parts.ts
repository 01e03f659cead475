import { html, nothing, type TemplateResult } from 'lit';
import { icons } from '../icons.ts';

export interface DialogButtons {
  cancel: string;
  /** What the other button says; while it is busy, behind a spinner. */
  act: string;
  /** Of the other button. */
  look: 'danger' | 'primary';
  isBusy: boolean;
  onCancel: () => void;
  onAct: () => void;
}

/** The two buttons below a question: not to do it, and to do it. */
export function dialogButtons(buttons: DialogButtons): TemplateResult {
  const { cancel, act, look, isBusy, onCancel, onAct } = buttons;
  const isDisabled = isBusy ? 'true' : nothing;
  return html`<button
      type="button"
      class="button"
      part="button"
      aria-disabled=${isDisabled}
      @click=${onCancel}
    >
      ${cancel}
    </button>
    <button
      type="button"
      class="button ${look}"
      part="button button-${look}"
      aria-disabled=${isDisabled}
      @click=${onAct}
    >
      ${isBusy ? html`<span class="spinner"></span>` : nothing}${act}
    </button>`;
}

/** Why it has not been done. */
export function dialogFailure(message: string): TemplateResult {
  return html`<div class="notice error" part="error" role="alert">
    ${icons.alert}
    <span class="grow">${message}</span>
  </div>`;
}
