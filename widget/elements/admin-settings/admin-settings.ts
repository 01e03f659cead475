import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { Settings } from '../../../server/contract/settings.ts';
import { ApiError } from '../../api-error.ts';
import { toJson } from '../../plain-json.ts';
import { failureText } from '../../text/failure.ts';
import { SupportElement } from '../element.ts';
import { fieldStyles } from '../field.styles.ts';
import { icons } from '../icons.ts';
import { moreIcons } from '../more-icons.ts';
import { styles } from './admin-settings.styles.ts';
import { describeChange } from './describe-change.ts';
import {
  assignmentSection,
  autoCloseSection,
  generalSection,
  mailSection,
  type SettingsView,
} from './sections.ts';
import {
  changedPaths,
  checkForm,
  fromForm,
  mergeForms,
  placeErrors,
  toForm,
  type SettingsErrors,
  type SettingsForm,
} from './settings-form.ts';
import { conflictNotice, loadFailed, settingsSkeleton } from './settings-states.ts';

const DRAFT = 'settings';

/**
 * @summary The settings of the support center, for admins. What was changed and not saved is kept for the tab.
 * @csspart settings - the form
 */
export class AdminSettings extends SupportElement {
  static override styles = [...SupportElement.styles, ...fieldStyles, styles];

  /** What is stored, and its version; null until it is loaded. */
  @state() private base: SettingsForm | null = null;
  @state() private form: SettingsForm = {};
  @state() private errors: SettingsErrors = {};
  /** What another admin changed since, in words. */
  @state() private theirs: string[] | null = null;
  @state() private loadFailure: unknown = null;
  @state() private failure: unknown = null;
  @state() private phase: 'editing' | 'saving' | 'saved' = 'editing';

  #version = '';

  protected override watch() {
    return [this.store.agents];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('errors')) return;
    const [first] = this.renderRoot.querySelectorAll<HTMLElement>(
      '[aria-invalid="true"], fieldset:has(> .field-error)',
    );
    first?.focus();
  }

  protected override render(): TemplateResult {
    return html`<form part="settings" novalidate aria-labelledby="title" @submit=${this.#onSubmit}>
      <button type="button" class="button quiet back" part="button" @click=${this.#leave}>
        ${moreIcons.back}${this.t('thread.back')}
      </button>
      <h2 id="title" tabindex="-1">${this.t('settings.title')}</h2>
      ${
        this.base
          ? this.#renderForm(this.base)
          : this.loadFailure
            ? loadFailed(this.loadFailure, this.text, () => void this.#load())
            : settingsSkeleton(this.text)
      }
    </form>`;
  }

  #renderForm(base: SettingsForm): TemplateResult {
    const view: SettingsView = {
      form: this.form,
      errors: this.errors,
      text: this.text,
      agents: this.store.agents.value,
      set: (path, value) => this.#set(path, value),
    };
    const isDirty = changedPaths(base, this.form).length > 0;
    return html`${generalSection(view)} ${mailSection(view)} ${autoCloseSection(view)}
      ${assignmentSection(view)}
      <footer>
        ${this.theirs ? conflictNotice(this.theirs, this.text, () => this.#discard()) : nothing}
        ${
          this.failure
            ? html`<div class="notice error" part="error" role="alert">
                ${icons.alert}
                <span class="grow">${failureText(this.text, this.failure)} ${this.t('settings.failed')}</span>
              </div>`
            : nothing
        }
        <div class="actions">
          ${this.#renderStatus(isDirty)}
          ${
            isDirty && this.phase !== 'saving'
              ? html`<button type="button" class="button quiet" part="button" @click=${this.#discard}>
                  ${this.t('settings.discard')}
                </button>`
              : nothing
          }
          <button
            type="submit"
            class="button primary"
            part="button button-primary"
            aria-disabled=${this.phase === 'saving' ? 'true' : nothing}
          >
            ${
              this.phase === 'saving'
                ? html`<span class="spinner"></span>${this.t('settings.saving')}`
                : this.t('settings.save')
            }
          </button>
        </div>
      </footer>`;
  }

  #renderStatus(isDirty: boolean): TemplateResult {
    if (this.phase === 'saved' && !isDirty) {
      return html`<span class="status saved">${moreIcons.check}${this.t('settings.saved')}</span>`;
    }
    return isDirty
      ? html`<span class="status dirty"><span class="dot"></span>${this.t('settings.unsaved')}</span>`
      : html`<span class="status">${this.t('settings.all-saved')}</span>`;
  }

  async #load(): Promise<void> {
    this.loadFailure = null;
    // Without the agents the rest can still be read and changed: their names are missing, not their choice.
    this.store.loadAgents().catch(() => undefined);
    try {
      const loaded = await this.store.loadSettings();
      const draft = this.store.readDraft(DRAFT)?.fields;
      if (draft?.['base'] && draft['form']) {
        const before = JSON.parse(draft['base']) as SettingsForm;
        this.#meetTheirs(loaded, before, JSON.parse(draft['form']) as SettingsForm);
      } else {
        this.base = this.form = toForm(loaded.settings);
        this.#version = loaded.version;
      }
    } catch (error) {
      this.loadFailure = error;
    }
  }

  /** Puts what was changed here on top of what is stored now, and tells what somebody else changed. */
  #meetTheirs(
    loaded: { settings: Settings; version: string },
    before: SettingsForm,
    mine: SettingsForm,
  ): void {
    const theirs = toForm(loaded.settings);
    const changed = changedPaths(before, theirs);
    this.form = mergeForms(before, mine, theirs);
    this.base = theirs;
    this.#version = loaded.version;
    this.theirs =
      changed.length > 0 && changedPaths(theirs, this.form).length > 0
        ? changed.map((path) =>
            describeChange(path, before, theirs, this.text, this.store.agents.value ?? []),
          )
        : null;
    this.#keep();
  }

  #set(path: string, value: string | boolean): void {
    this.form = { ...this.form, [path]: value };
    this.phase = this.phase === 'saving' ? 'saving' : 'editing';
    const group = path.startsWith('assignment.agentIds.') ? 'assignment.agentIds' : path;
    if (this.errors[group]) {
      // Not by a new object: that would move the focus to the next error while somebody types.
      delete (this.errors as Record<string, string>)[group];
    }
    this.#keep();
  }

  /** As a draft for the tab: going back by mistake loses nothing. */
  #keep(): void {
    const isDirty = this.base !== null && changedPaths(this.base, this.form).length > 0;
    this.store.writeDraft(
      DRAFT,
      isDirty ? { fields: { base: toJson(this.base), form: toJson(this.form) }, attachments: [] } : null,
    );
  }

  #discard(): void {
    if (!this.base) return;
    this.form = this.base;
    this.errors = {};
    this.failure = this.theirs = null;
    this.#keep();
    // The pressed button is about to go, and the focus with it.
    this.renderRoot.querySelector<HTMLElement>('[type="submit"]')?.focus();
  }

  #onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    void this.#save();
  }

  async #save(): Promise<void> {
    if (this.phase === 'saving' || !this.base) return;
    this.failure = null;
    if (this.#show(checkForm(this.form, this.text))) return;
    const sent = this.form;
    this.phase = 'saving';
    try {
      const { settings, version } = await this.store.saveSettings(fromForm(sent), this.#version);
      this.base = toForm(settings);
      this.#version = version;
      // What was typed while it was on its way is still to be saved.
      this.form = mergeForms(sent, this.form, this.base);
      this.theirs = null;
      this.phase = 'saved';
      this.#keep();
      this.store.announce(this.t('settings.saved'));
    } catch (error) {
      this.phase = 'editing';
      await this.#fail(error);
    }
  }

  async #fail(error: unknown): Promise<void> {
    if (!(error instanceof ApiError)) {
      this.failure = error;
    } else if (error.code === 'version_mismatch') {
      try {
        const before = this.base ?? {};
        this.#meetTheirs(await this.store.loadSettings(), before, this.form);
        this.theirs ??= [];
      } catch (loadError) {
        this.failure = loadError;
      }
    } else {
      const { placed, complete } = placeErrors(this.form, error.errors);
      if (!complete) this.failure = error;
      this.#show(placed);
    }
  }

  /** @returns whether there is something to show */
  #show(errors: SettingsErrors): boolean {
    this.errors = errors;
    const count = Object.keys(errors).length;
    if (count > 0) this.store.announce(this.t('form.invalid', { count }));
    return count > 0;
  }

  #leave(): void {
    this.store.navigate({ view: 'list' });
  }
}

const TAG = 'support-center-admin-settings';
if (!customElements.get(TAG)) customElements.define(TAG, AdminSettings);

declare global {
  interface HTMLElementTagNameMap {
    [TAG]: AdminSettings;
  }
}
