import { html, nothing, type TemplateResult } from 'lit';
import type { PresentPerson } from '../../../server/contract/events.ts';
import type { Text } from '../../text/text.ts';
import { initialsOf } from '../avatar.ts';

/** Which other agents look at the ticket, or write on it: that is said first. */
export function presenceLine(text: Text, people: readonly PresentPerson[]): TemplateResult | typeof nothing {
  if (people.length === 0) return nothing;
  const writing = people.filter(({ state }) => state === 'writing');
  const said = writing.length > 0 ? writing : people;
  const names = new Intl.ListFormat(text.locale).format(said.map(({ name }) => name));
  const key = writing.length > 0 ? 'presence.writing' : 'presence.viewing';
  return html`<p class="presence" role="status">
    ${people.map(({ name }) => html`<span class="avatar" aria-hidden="true" title=${name}>${initialsOf(name)}</span>`)}
    <span>${text.t(key, { names, count: said.length })}</span>
  </p>`;
}
