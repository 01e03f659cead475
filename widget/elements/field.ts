import { html, noChange, nothing, type TemplateResult } from 'lit';
import { live } from './live.ts';
import { icons } from './icons.ts';

/** What ties a control to its label and to the words beside it. */
export interface FieldText {
  /** Id of the control inside its shadow root. */
  id: string;
  label: string;
  hint?: string;
  /** Replaces the hint: the error alone is the control's description. */
  error?: string | undefined;
  /** How much of a limit is used; shown near its end. */
  counter?: string | undefined;
}

export interface Option {
  value: string;
  label: string;
}

/** Label, control, then the error or the hint. */
export function field(text: FieldText, control: TemplateResult): TemplateResult {
  return html`<div class="field" part="field" id="${text.id}-field">
    <span class="label-line">
      <label class="label" part="label" for=${text.id}>${text.label}</label>
      ${text.counter ? html`<span class="counter numbers" id="${text.id}-counter">${text.counter}</span>` : nothing}
    </span>
    ${control} ${fieldNote(text)}
  </div>`;
}

/** The error or the hint of a field, with the id that `describedBy` names. */
export function fieldNote(text: FieldText): TemplateResult | typeof nothing {
  if (text.error) {
    return html`<p class="field-error" part="error" id="${text.id}-error">
      ${icons.alert}<span>${text.error}</span>
    </p>`;
  }
  return text.hint ? html`<p class="hint" id="${text.id}-hint">${text.hint}</p>` : nothing;
}

/** The value of `aria-describedby`. */
export function describedBy(text: FieldText): string | typeof nothing {
  if (text.error) return `${text.id}-error`;
  const ids = [text.hint && `${text.id}-hint`, text.counter && `${text.id}-counter`].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : nothing;
}

export interface InputOptions {
  type?: 'text' | 'email' | 'url' | 'number';
  value: string;
  required?: boolean;
  readonly?: boolean;
  placeholder?: string;
  onInput: (value: string) => void;
}

/** A line of text with its label. Numbers come as typed; what is no number comes as `NaN`. */
export function inputField(text: FieldText, options: InputOptions): TemplateResult {
  const type = options.type ?? 'text';
  const read = (event: Event) => {
    const input = event.target as HTMLInputElement;
    options.onInput(input.validity.badInput ? 'NaN' : input.value);
  };
  // A number that cannot be parsed leaves the box's value empty: setting it would erase what is being typed.
  const value = options.value === 'NaN' ? noChange : live(options.value);
  return field(
    text,
    html`<input
      class="input"
      part="input"
      id=${text.id}
      type=${type}
      inputmode=${type === 'number' ? 'numeric' : nothing}
      min=${type === 'number' ? '0' : nothing}
      step=${type === 'number' ? '1' : nothing}
      autocomplete="off"
      dir=${directionOf(options.value)}
      placeholder=${options.placeholder ?? nothing}
      aria-required=${options.required ? 'true' : nothing}
      aria-invalid=${text.error ? 'true' : nothing}
      aria-describedby=${describedBy(text)}
      ?readonly=${options.readonly}
      .value=${value}
      @input=${read}
    />`,
  );
}

/** What is typed decides; as long as nothing is, the page does. */
function directionOf(value: string): 'auto' | typeof nothing {
  return value === '' ? nothing : 'auto';
}

export type TextareaOptions = Pick<InputOptions, 'value' | 'required' | 'readonly' | 'onInput'>;

/** Several lines of text with their label. */
export function textareaField(text: FieldText, options: TextareaOptions): TemplateResult {
  return field(
    text,
    html`<textarea
      class="textarea"
      part="textarea"
      id=${text.id}
      rows="8"
      dir=${directionOf(options.value)}
      aria-required=${options.required ? 'true' : nothing}
      aria-invalid=${text.error ? 'true' : nothing}
      aria-describedby=${describedBy(text)}
      ?readonly=${options.readonly}
      .value=${live(options.value)}
      @input=${(event: Event) => options.onInput((event.target as HTMLTextAreaElement).value)}
    ></textarea>`,
  );
}

export interface SelectOptions {
  value: string;
  options: readonly Option[];
  disabled?: boolean;
  /** Shown before the chosen option. */
  icon?: unknown;
  /** Shown in place of the arrow. */
  mark?: unknown;
  onChange: (value: string) => void;
}

/** A combobox with its label. */
export function selectField(text: FieldText, options: SelectOptions): TemplateResult {
  return field(text, selectBox(text, options));
}

/** The combobox alone; its label names it by `for`. */
export function selectBox(text: FieldText, options: SelectOptions): TemplateResult {
  const change = (event: Event) => options.onChange((event.target as HTMLSelectElement).value);
  return html`<span class="select-box ${options.icon ? 'with-icon' : ''}">
    ${options.icon ? html`<span class="select-icon" aria-hidden="true">${options.icon}</span>` : nothing}
    <select
      class="select"
      part="select"
      id=${text.id}
      aria-invalid=${text.error ? 'true' : nothing}
      aria-describedby=${describedBy(text)}
      ?disabled=${options.disabled}
      @change=${change}
    >
      ${options.options.map(
        (option) =>
          html`<option value=${option.value} .selected=${live(option.value === options.value)}>
            ${option.label}
          </option>`,
      )}
    </select>
    ${options.mark ?? icons.chevron}
  </span>`;
}
