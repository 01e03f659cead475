import type { Category } from '../contract/vocabulary.ts';

/** What seeded tickets are made of. `{slots}` are filled from `SLOTS`, or with a number for `{n}` and `{id}`. */
export const SUBJECTS: Record<Category, readonly string[]> = {
  billing: [
    'Invoice {id} shows the wrong {amount}',
    'Charged twice for {plan}',
    'Refund for order {id}',
    'VAT number missing on invoice {id}',
    'Card was declined when upgrading to {plan}',
    'How do I switch from {plan} to {plan}?',
    'Payment by {payment} fails at checkout',
    'Credit note for {month}',
    'Discount code {id} is not accepted',
    'Seats on the bill do not match our {count} users',
  ],
  technical: [
    '{feature} {problem} after {event}',
    '{feature} {problem} in {browser}',
    'Error {code} when opening {feature}',
    '{feature} is slow with more than {n} rows',
    'Webhook for {object} arrives {n} times',
    'API answers {code} for {object}',
    'Export of {object} {problem}',
    'Import stops at row {n}',
    '{integration} sync {problem} since {event}',
    'Blank page in {feature} on {device}',
    'Timeout while saving {object}',
    'Dark mode: text in {feature} cannot be read',
  ],
  account: [
    'Cannot sign in after {event}',
    'Reset link for {person} never arrives',
    'Please change the owner to {person}',
    'Two-factor codes from {device} are refused',
    'SSO with {integration} loops back to the login',
    'Delete the account of {person}',
    'Invitation to {person} has expired',
    '{person} sees the workspace of another team',
    'Change of e-mail address for {person}',
    'Role of {person} reverts to viewer',
  ],
  general: [
    'Question about {feature}',
    'Is there a way to {task}?',
    'Suggestion: {task}',
    'Documentation of {feature} is out of date',
    'Does {plan} include {feature}?',
    'Where can I {task}?',
    'Thank you for {feature}',
    'Training for {count} new colleagues',
  ],
};

export const SLOTS: Record<string, readonly string[]> = {
  feature: words(
    'Dashboard|Report builder|Calendar view|Audit log|Search|Notification center|Bulk edit|File manager|Map view|Timeline|Kanban board|Billing page|Team settings|Form editor|Mobile app|Public API|Data import|Scheduled export|Email digest|Onboarding checklist',
  ),
  problem: words(
    'stays blank|freezes|shows old data|loses changes|returns an empty file|crashes|flickers|ignores the filter|does not load|shows the wrong time zone|duplicates entries|cuts off long names',
  ),
  event: words(
    'the last update|the migration|changing the password|adding a custom field|yesterday’s maintenance|renaming the project|switching to the new domain|the weekend|inviting a guest|clearing the cache',
  ),
  browser: words('Firefox 128|Safari 17|Chrome 126|Edge|Samsung Internet|an embedded frame'),
  device: words('iPhone 15|Pixel 8|a tablet|Windows 11|Ubuntu|macOS Sonoma|an old laptop'),
  object: words(
    'contacts|orders|projects|invoices|comments|attachments|time entries|webhooks|custom fields|labels',
  ),
  integration: words('Okta|Entra ID|Google Workspace|Slack|Salesforce|HubSpot|Jira|GitHub|Zapier|Shopify'),
  plan: words('Starter|Team|Business|Enterprise|the yearly plan|the free plan'),
  payment: words('SEPA debit|PayPal|bank transfer|credit card|Apple Pay'),
  month: words('January|March|June|September|December|last month'),
  amount: words('amount|currency|address|period|tax rate|number of seats'),
  person: words(
    'Zoë Brontë|José Ibáñez|Łukasz Wójcik|Anaïs Lefèvre|Jürgen Groß|田中さん|Olena Kovalenko|a former colleague|our accountant|the new admin',
  ),
  task: words(
    'archive old projects|export everything at once|hide a column|merge two contacts|schedule a report|copy a form|sort by owner|undo a bulk edit|print labels|embed a chart',
  ),
  code: words('400|403|404|409|413|422|429|500|502|504'),
  count: words('3|5|12|25|40|120|300'),
};

export const OPENINGS = [
  'Hello,',
  'Hi team,',
  'Good morning,',
  'Hi,',
  'Dear support,',
  'Hello everybody,',
] as const;
export const REPORTS = [
  'Since {event} the {feature} {problem} for us.',
  'We noticed that the {feature} {problem}, mostly in {browser}.',
  'Our {count} colleagues cannot work with {object} at the moment.',
  'I tried to {task} and got error {code}.',
  'The {integration} connection worked until {event}.',
  'Could you tell me how to {task}?',
  'It happens on {device} and in {browser}, about {n} times a day.',
] as const;
export const DETAILS = [
  'Steps: open the {feature}, choose {object}, wait a few seconds.',
  'We are on {plan}, the workspace has {n} {object}.',
  'Reloading helps for a moment, then it {problem} again.',
  'A colleague on {device} sees the same.',
  'It is **urgent** for us because the month ends on Friday.',
  'The request id is `req_{id}`.',
  'I attached what the console says:\n\n```\nError: request failed with status {code}\n    at load (app.js:{n}:17)\n    at async render (app.js:{n}:5)\n```',
  'What we tried so far:\n\n- cleared the cache\n- another browser\n- signed out and in again',
] as const;
export const ANSWERS = [
  'Thank you for the report. I can reproduce it with {object} and have passed it to the developers.',
  'Could you tell me which browser you use, and whether it also happens in a private window?',
  'This is fixed since this morning. Please reload the {feature} once and tell me if it still {problem}.',
  'You can {task} under *Settings → {feature}*. Here is how:\n\n1. Open the {feature}.\n2. Choose {object}.\n3. Confirm.',
  'I have corrected it on our side. The new invoice {id} is in your billing page.',
  'That limit belongs to {plan}. I raised it to {n} for you until the end of the month.',
  'We see errors {code} in the log around that time and are looking into {integration}.',
] as const;
export const FOLLOW_UPS = [
  'Thanks, that was quick. It still {problem} for one of us though.',
  'Yes, also in a private window. I use {browser} on {device}.',
  'Any news on this?',
  'Great, it works now!',
  'Now I get error {code} instead.',
  'We have {count} users waiting for it, please keep me posted.',
] as const;
export const NOTES = [
  'Same cause as the incident about {object}. Waiting for the deployment.',
  'Customer is on {plan}, renewal in {month}: please be quick.',
  'Looked at the log, request req_{id}: status {code} from {integration}.',
] as const;
export const APPS = words('Shop EU|Shop US|Intranet|Customer portal|Staging|Partner site|Blog|Status page');
export const FIRST_NAMES = words(
  'Anna|Ben|Chiara|Dimitri|Elif|Farah|Grace|Hiro|Inês|Jonas|Katarzyna|Liam|Mei|Noah|Oluwaseun|Priya|Quentin|Rosa|Søren|Tomás',
);
export const LAST_NAMES = words(
  'Almeida|Becker|Costa|Dubois|Eriksen|Fischer|García|Haddad|Ivanova|Jensen|Kowalski|Larsen|Moreau|Nakamura|Okafor|Petrov|Rossi|Silva|Tanaka|Weber',
);

function words(list: string): readonly string[] {
  return list.split('|');
}
