import { html, type TemplateResult } from 'lit';
import type { HistoryEntry } from '../../../server/contract/tickets.ts';
import type { Category, Priority, Status } from '../../../server/contract/vocabulary.ts';
import { rich } from '../../text/rich.ts';
import type { Text, TextKey } from '../../text/text.ts';
import { icons, priorityIcon, statusIcon } from '../icons.ts';
import { moreIcons } from '../more-icons.ts';

/** What changed between the messages, as one quiet line. */
export function historyLine(entry: HistoryEntry, text: Text, now: number): TemplateResult {
  const { tone, icon } = lookOf(entry);
  return html`<div class="history">
    <span class="history-icon ${tone}">${icon}</span>
    <span
      >${sentence(entry, text)} ·
      <time class="numbers" datetime=${entry.createdAt} title=${text.exact(entry.createdAt)}
        >${text.relative(entry.createdAt, now)}</time
      ></span
    >
  </div>`;
}

function lookOf({ type, to }: HistoryEntry): { tone: string; icon: unknown } {
  if (type === 'status') return { tone: `tone-${to}`, icon: statusIcon(to as Status) };
  if (type === 'priority') return { tone: `priority-${to}`, icon: priorityIcon(to as Priority) };
  return { tone: '', icon: type === 'category' ? moreIcons.tag : icons.person };
}

function sentence({ type, actor, from, to }: HistoryEntry, text: Text): unknown[] {
  const values: Record<string, unknown> = {
    actor: html`<bdi class="who">${actor?.name ?? text.t('history.system')}</bdi>`,
  };
  if (type === 'assignee') {
    if (to === null) return rich(text, 'history.assignee.none', values);
    if (to === actor?.name) return rich(text, 'history.assignee.self', values);
    return rich(text, 'history.assignee', { ...values, to: html`<bdi class="who">${to}</bdi>` });
  }
  const word = (value: string | null): TemplateResult =>
    html`<span class="what"
      >${value === null ? '–' : text.t(`${type}.${value as Category}` as TextKey)}</span
    >`;
  return rich(text, `history.${type as 'status' | 'priority' | 'category'}`, {
    ...values,
    from: word(from),
    to: word(to),
  });
}
