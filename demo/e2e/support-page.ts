import type { Locator, Page } from 'playwright-core';
import { vi } from 'vitest';

/** A ticket as a person fills it into the form. */
export interface FormEntries {
  subject: string;
  description: string;
  category?: string;
  priority?: string;
  relatedApp?: string;
  file?: { name: string; mimeType: string; buffer: Buffer };
}

/** The element on a page, by the roles and names that a person or a screen reader finds. */
export class SupportPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' });
  }

  /** By its role: the switch of the host is a combobox too, so names are exact. */
  choice(name: string): Locator {
    return this.page.locator('support-center').getByRole('combobox', { name, exact: true });
  }

  box(name: string): Locator {
    return this.page.getByRole('textbox', { name, exact: true });
  }

  badge(status: string): Locator {
    return this.page.getByRole('button', { name: new RegExp(`^${status} \\d+$`) });
  }

  async badgeCount(status: string): Promise<number> {
    const name =
      (await this.badge(status).getAttribute('aria-label')) ?? (await this.badge(status).innerText());
    return Number(/\d+/.exec(name)?.[0]);
  }

  rows(): Locator {
    return this.page.getByRole('list', { name: 'Tickets', exact: true }).getByRole('listitem');
  }

  row(subject: string): Locator {
    return this.rows().filter({ hasText: subject });
  }

  messages(): Locator {
    return this.page.getByRole('list', { name: 'Conversation', exact: true });
  }

  async loaded(): Promise<void> {
    await this.badge('Open').waitFor();
  }

  async openTicket(subject: string): Promise<void> {
    await this.row(subject).getByText(subject, { exact: true }).first().click();
    await this.page.getByRole('heading', { name: subject }).waitFor();
  }

  async backToList(): Promise<void> {
    await this.button('Back to tickets').click();
    await this.loaded();
  }

  async openForm(): Promise<void> {
    await this.button('Create Ticket').first().click();
    await this.box('Subject').waitFor();
  }

  async fillForm(entries: FormEntries): Promise<void> {
    await this.box('Subject').fill(entries.subject);
    await this.box('Description').fill(entries.description);
    await this.choice('Category').selectOption({ label: entries.category ?? 'Technical' });
    if (entries.priority) await this.choice('Priority').selectOption({ label: entries.priority });
    if (entries.relatedApp) await this.choice('Related app').selectOption({ label: entries.relatedApp });
    if (entries.file) await this.attach(entries.file);
  }

  /** Returns once the file is with the server. */
  async attach(file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    await this.page.locator('input[type=file]').setInputFiles(file);
    await this.button(`Remove ${file.name}`).waitFor();
    await vi.waitFor(
      async () => {
        if ((await this.page.getByRole('progressbar').count()) > 0) throw new Error('Still uploading.');
      },
      { timeout: 10_000, interval: 50 },
    );
  }

  /** Files a ticket and waits until it is open; returns its number. */
  async fileTicket(entries: FormEntries): Promise<string> {
    await this.openForm();
    await this.fillForm(entries);
    await this.button('Submit').click();
    await this.page.getByRole('heading', { name: entries.subject }).waitFor();
    return await this.ticketNumber();
  }

  async ticketNumber(): Promise<string> {
    const text = await this.page
      .locator('support-center')
      .getByText(/SUP-\d+/)
      .first()
      .innerText();
    return /SUP-\d+/.exec(text)![0];
  }

  async reply(text: string): Promise<void> {
    await this.box('Reply').fill(text);
    await this.button('Send reply').click();
    await this.messages().getByText(text).waitFor();
  }
}
