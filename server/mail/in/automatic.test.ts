import { expect, it } from 'vitest';
import { findAutomatic } from './automatic.ts';

const check = (
  headers: Record<string, string>,
  subject = 'Re: [SUP-1042] Blank',
  from = 'clara@example.com',
) => findAutomatic(Object.entries(headers), from, subject);

it.each<[string, string | null, Record<string, string>, string?, string?]>([
  ['a person', null, { 'auto-submitted': 'no', precedence: 'normal' }],
  ['a person who writes of an office', null, {}, 'The office printer is out of paper'],
  [
    'Exchange on holiday',
    'auto_reply',
    { 'auto-submitted': 'auto-generated' },
    'Automatic reply: [SUP-1042] Blank',
  ],
  ['Gmail on holiday', 'auto_reply', { 'auto-submitted': 'auto-replied', precedence: 'bulk' }],
  ['an old autoresponder', 'auto_reply', { 'x-autoreply': 'yes' }],
  ['one that says so in its subject alone', 'auto_reply', {}, 'Abwesenheitsnotiz: Blank'],
  ['the same in French', 'auto_reply', {}, 'Réponse automatique : Blank'],
  ['a bounce', 'bounce', { 'return-path': '<>' }, 'Undeliverable: Blank'],
  ['a delivery report', 'bounce', { 'content-type': 'multipart/report; report-type=delivery-status' }],
  ['a mail server', 'bounce', {}, 'Failure', 'mailer-daemon@example.com'],
  ['a newsletter', 'bulk', { 'list-unsubscribe': '<mailto:x@example.com>' }],
  ['a list', 'bulk', { 'list-id': '<a.example.com>' }],
  ['a shop', 'bulk', {}, 'Your order', 'no-reply@shop.example'],
])('knows %s', (_, expected, headers, subject, from) => {
  expect(check(headers, subject, from)).toBe(expected);
});
