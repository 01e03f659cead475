import type { Page } from 'playwright-core';
import { holdMails } from './held-mails.ts';
import type { DemoPersonKey } from './people.ts';

export type SceneRole = 'client' | 'agent' | 'admin';

/** What the scenes are about: numbers of tickets that were made for them. */
export interface SceneTickets {
  conversation: string;
  closed: string;
  expired: string;
  longWords: string;
  long: string;
}

/** One thing to look at. */
export interface Scene {
  name: string;
  roles: SceneRole[];
  /** Of the host, with the hash; default the list. */
  path?: (tickets: SceneTickets) => string;
  /** A demo without any tickets. */
  empty?: boolean;
  /** Before the page loads. */
  prepare?: (page: Page) => Promise<unknown>;
  /** Once the view is there. */
  act?: (page: Page) => Promise<unknown>;
  /** What is on the page when the picture can be taken. */
  until: (page: Page) => Promise<unknown>;
  /** The host itself: one width is enough of an answer to "does it hold together". */
  fullPage?: boolean;
}

export const PERSON_OF_ROLE: Record<SceneRole, DemoPersonKey> = {
  client: 'clara',
  agent: 'priya',
  admin: 'sofia',
};

const EVERYBODY: SceneRole[] = ['client', 'agent', 'admin'];
const API = /\/api\/tickets/;

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first();
const shows = (text: string | RegExp) => async (page: Page) => page.getByText(text).first().waitFor();
const listIsThere = async (page: Page) =>
  page.getByRole('list', { name: 'Tickets', exact: true }).getByRole('listitem').first().waitFor();
const threadIsThere = async (page: Page) =>
  page.getByRole('list', { name: 'Conversation', exact: true }).getByRole('listitem').first().waitFor();
/** The same in any language. */
const partIsThere = (part: string) => async (page: Page) => page.locator(`[part~=${part}]`).first().waitFor();
const ticket = (pick: keyof SceneTickets) => (tickets: SceneTickets) =>
  `support#support/tickets/${tickets[pick]}`;
/** The answer never comes; what shows by then is what loading looks like. */
const hold = async (page: Page) => page.route(API, () => {});
const settled = async (page: Page) => page.waitForTimeout(900);
const fail = async (page: Page) => page.route(API, (route) => route.fulfill({ status: 500, body: '' }));

export const SCENES: Scene[] = [
  { name: 'list', roles: EVERYBODY, until: listIsThere },
  { name: 'list-loading', roles: ['client'], prepare: hold, until: settled },
  {
    name: 'list-error',
    roles: ['client'],
    prepare: fail,
    until: async (page) => button(page, 'Try again').waitFor(),
  },
  { name: 'list-empty', roles: ['client', 'agent'], empty: true, until: shows('No tickets yet') },
  {
    name: 'list-nothing',
    roles: ['client', 'agent'],
    act: async (page) => page.getByRole('searchbox', { name: 'Search tickets' }).fill('zeppelin'),
    until: shows('No ticket matches.'),
  },
  {
    name: 'list-filtered',
    roles: ['agent'],
    act: async (page) => page.getByRole('button', { name: /^In Progress \d/ }).click(),
    until: listIsThere,
  },
  {
    name: 'list-offline',
    roles: ['client'],
    act: async (page) => {
      await listIsThere(page);
      await page.context().setOffline(true);
    },
    until: shows('You are offline'),
  },
  {
    name: 'list-rtl',
    roles: ['client', 'agent'],
    path: () => 'support?dir=rtl&lang=ar',
    until: partIsThere('ticket-card'),
  },
  { name: 'list-de', roles: ['agent'], path: () => 'support?lang=de', until: partIsThere('ticket-card') },
  { name: 'list-ja', roles: ['client'], path: () => 'support?lang=ja', until: partIsThere('ticket-card') },
  {
    name: 'form',
    roles: ['client'],
    path: () => 'support#support/new',
    until: async (page) => page.getByRole('textbox', { name: 'Subject' }).waitFor(),
  },
  {
    name: 'form-errors',
    roles: ['client'],
    path: () => 'support#support/new',
    act: async (page) => button(page, 'Submit').click(),
    until: async (page) => page.locator('[aria-invalid=true]').first().waitFor(),
  },
  {
    name: 'form-rtl',
    roles: ['client'],
    path: () => 'support?dir=rtl&lang=ar#support/new',
    until: partIsThere('dropzone'),
  },
  { name: 'ticket', roles: EVERYBODY, path: ticket('conversation'), until: threadIsThere },
  {
    name: 'ticket-note',
    roles: ['agent'],
    path: ticket('conversation'),
    act: async (page) => {
      // Where there is little room, the controls come with the focus.
      await page.getByRole('textbox', { name: 'Reply' }).click();
      await page.getByRole('checkbox', { name: 'Internal note' }).check();
    },
    until: async (page) => button(page, 'Add note').waitFor(),
  },
  { name: 'ticket-closed', roles: ['client', 'agent'], path: ticket('closed'), until: threadIsThere },
  { name: 'ticket-expired', roles: ['client'], path: ticket('expired'), until: threadIsThere },
  { name: 'ticket-long-words', roles: ['client', 'agent'], path: ticket('longWords'), until: threadIsThere },
  { name: 'ticket-200-messages', roles: ['client'], path: ticket('long'), until: threadIsThere },
  {
    name: 'ticket-rtl',
    roles: ['client', 'agent'],
    path: (tickets) => `support?dir=rtl&lang=ar#support/tickets/${tickets.conversation}`,
    until: partIsThere('message'),
  },
  {
    name: 'ticket-de',
    roles: ['agent'],
    path: (tickets) => `support?lang=de#support/tickets/${tickets.conversation}`,
    until: partIsThere('message'),
  },
  {
    name: 'settings-rtl',
    roles: ['admin'],
    path: () => 'support?dir=rtl&lang=ar#support/settings',
    until: partIsThere('settings'),
  },
  {
    name: 'ticket-loading',
    roles: ['client'],
    path: ticket('conversation'),
    prepare: async (page) => page.route(/\/api\/tickets\/SUP/, () => {}),
    until: settled,
  },
  {
    name: 'ticket-missing',
    roles: ['client'],
    path: () => 'support#support/tickets/SUP-9999',
    until: shows('This ticket does not exist'),
  },
  {
    name: 'delete-dialog',
    roles: ['admin'],
    path: ticket('conversation'),
    act: async (page) => {
      await threadIsThere(page);
      // Where there is little room, the properties are folded.
      const details = button(page, 'Details');
      if (await details.isVisible()) await details.click();
      await button(page, 'Delete ticket').click();
    },
    until: async (page) => page.getByRole('dialog').waitFor(),
  },
  {
    name: 'settings',
    roles: ['admin'],
    path: () => 'support#support/settings',
    until: async (page) => button(page, 'Save').waitFor(),
    fullPage: true,
  },
  {
    name: 'settings-errors',
    roles: ['admin'],
    path: () => 'support#support/settings',
    act: async (page) => {
      await page.getByLabel('Support URL').fill('not an address');
      await page.getByLabel('Notification email').fill('nobody');
      await button(page, 'Save').click();
    },
    until: async (page) => page.locator('[aria-invalid=true]').first().waitFor(),
  },
  {
    name: 'quarantine',
    roles: ['agent'],
    path: () => 'support#support/quarantine',
    prepare: holdMails,
    until: shows('Mallory Vane'),
    fullPage: true,
  },
  {
    name: 'quarantine-add',
    roles: ['agent'],
    path: () => 'support#support/quarantine',
    prepare: holdMails,
    act: async (page) => {
      await button(page, 'Add to ticket').click();
      await page.getByRole('combobox', { name: 'Add it as' }).selectOption('reply');
    },
    until: async (page) => page.getByRole('dialog').waitFor(),
  },
  {
    name: 'quarantine-empty',
    roles: ['agent'],
    path: () => 'support#support/quarantine',
    prepare: async (page) => holdMails(page, { empty: true }),
    until: shows('No mail waits here.'),
  },
  {
    name: 'quarantine-rtl',
    roles: ['agent'],
    path: () => 'support?dir=rtl&lang=ar#support/quarantine',
    prepare: holdMails,
    until: shows('Mallory Vane'),
    fullPage: true,
  },
  {
    name: 'quarantine-de',
    roles: ['agent'],
    path: () => 'support?lang=de#support/quarantine',
    prepare: holdMails,
    until: shows('Mallory Vane'),
    fullPage: true,
  },
  {
    name: 'list-quarantine',
    roles: ['admin'],
    prepare: holdMails,
    until: async (page) => button(page, 'Quarantine 3').waitFor(),
  },
  {
    name: 'launcher',
    roles: ['client', 'agent'],
    act: async (page) => {
      await listIsThere(page);
      await page.locator('main support-center').evaluate((element) => {
        (element as HTMLElement & { layout: string }).layout = 'launcher';
      });
      await page.locator('[part~=launcher]').click();
    },
    until: async (page) => {
      await page.getByRole('dialog').waitFor();
      await listIsThere(page);
    },
  },
  { name: 'host-overview', roles: ['client'], path: () => '', until: shows('Requests today') },
  { name: 'host-mailbox', roles: ['client'], path: () => 'mailbox', until: shows(/^\[SUP-/) },
];
