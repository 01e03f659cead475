import type { Category } from '../contract/vocabulary.ts';
import { LIMITS } from '../contract/limits.ts';
import type { Random } from './random.ts';
import {
  ANSWERS,
  DETAILS,
  FIRST_NAMES,
  FOLLOW_UPS,
  LAST_NAMES,
  NOTES,
  OPENINGS,
  REPORTS,
  SLOTS,
  SUBJECTS,
} from './vocabulary.ts';

export function writeSubject(random: Random, category: Category): string {
  return fill(random, random.pick(SUBJECTS[category])).slice(0, LIMITS.subjectMaxLength);
}

export function writeDescription(random: Random): string {
  const details = Array.from({ length: random.int(0, 3) }, () => fill(random, random.pick(DETAILS)));
  return [`${random.pick(OPENINGS)}\n\n${fill(random, random.pick(REPORTS))}`, ...details].join('\n\n');
}

export function writeAnswer(random: Random): string {
  return fill(random, random.pick(ANSWERS));
}

export function writeFollowUp(random: Random): string {
  const follow = fill(random, random.pick(FOLLOW_UPS));
  return random.chance(0.2) ? `${follow}\n\n${fill(random, random.pick(DETAILS))}` : follow;
}

export function writeNote(random: Random): string {
  return fill(random, random.pick(NOTES));
}

/** @param n makes the address unlike any other */
export function nameSomebody(random: Random, n: number, domain: string): { name: string; email: string } {
  const first = random.pick(FIRST_NAMES);
  const last = random.pick(LAST_NAMES);
  const plain = `${first}.${last}`
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll('ø', 'o')
    .replace(/[^a-z.]/g, '');
  return { name: `${first} ${last}`, email: `${plain}.${n}@${domain}` };
}

function fill(random: Random, template: string): string {
  let text = '';
  let from = 0;
  for (;;) {
    const open = template.indexOf('{', from);
    if (open < 0) break;
    const close = template.indexOf('}', open);
    text += template.slice(from, open) + slot(random, template.slice(open + 1, close));
    from = close + 1;
  }
  return text + template.slice(from);
}

function slot(random: Random, name: string): string {
  if (name === 'id') return String(random.int(10_000, 99_999));
  if (name === 'n') return String(random.int(2, 5000));
  return random.pick(SLOTS[name] as readonly string[]);
}
