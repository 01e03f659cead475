import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../contract/settings.ts';
import { NOTIFICATION_KINDS } from '../contract/vocabulary.ts';
import { chooseNotifications, type NewsKind, type NotificationInput } from './notifications.ts';

const CLARA = { id: 1, email: 'clara@example.com' };
const AGNES = { id: 2, email: 'agnes@support.example', role: 'agent' as const };
const ARNO = { id: 3, email: 'arno@support.example' };
const SETTINGS: Settings = { ...DEFAULT_SETTINGS, notificationEmail: 'desk@support.example' };

const NEWS: NotificationInput = {
  kind: 'created',
  status: 'open',
  statusChanged: false,
  requester: CLARA,
  assignee: AGNES,
  actor: CLARA,
};
const ALL_NEWS: NewsKind[] = [
  'created',
  'agentReply',
  'clientReply',
  'resolved',
  'closed',
  'assigned',
  'reminder',
];

const told = (news: Partial<NotificationInput>, settings = SETTINGS) =>
  chooseNotifications({ ...NEWS, ...news }, settings).map(({ kind, to }) => `${kind} ${to}`);

describe('who is mailed', () => {
  it('confirms a new ticket and tells the notification address', () => {
    expect(told({ kind: 'created' })).toEqual([
      'confirmation clara@example.com',
      'newTicket desk@support.example',
    ]);
  });

  it('confirms alone when there is no notification address', () => {
    expect(told({ kind: 'created' }, DEFAULT_SETTINGS)).toEqual(['confirmation clara@example.com']);
  });

  it.each<[NewsKind, string]>([
    ['agentReply', 'clara@example.com'],
    ['resolved', 'clara@example.com'],
    ['closed', 'clara@example.com'],
    ['clientReply', 'agnes@support.example'],
    ['assigned', 'agnes@support.example'],
  ])('tells of %s to %s', (kind, to) => {
    expect(told({ kind, actor: ARNO })).toEqual([`${kind} ${to}`]);
  });

  it('tells the requester what the support center does by itself', () => {
    for (const kind of ['reminder', 'resolved', 'closed'] as const) {
      expect(told({ kind, actor: null })).toEqual([`${kind} clara@example.com`]);
    }
  });

  it('mails nobody about their own action', () => {
    for (const kind of ['agentReply', 'resolved', 'closed'] as const)
      expect(told({ kind, actor: CLARA })).toEqual([]);
    for (const kind of ['clientReply', 'assigned'] as const) expect(told({ kind, actor: AGNES })).toEqual([]);
    const desk = { id: 9, email: 'Desk@Support.example' };
    expect(told({ kind: 'created', requester: desk, actor: desk })).toEqual([
      'confirmation Desk@Support.example',
    ]);
  });

  it('has nobody to tell of a reply when nobody is assigned, or the assignee is no agent any more', () => {
    expect(told({ kind: 'clientReply', assignee: null })).toEqual([]);
    expect(told({ kind: 'clientReply', assignee: { ...AGNES, role: 'client' } })).toEqual([]);
  });

  it('makes one mail of a reply that also resolves', () => {
    const news = { kind: 'agentReply', status: 'resolved', statusChanged: true, actor: AGNES } as const;
    expect(told(news)).toEqual(['agentReply clara@example.com']);
  });

  it('still tells that it was resolved or closed when mails about replies are off', () => {
    const off = { ...SETTINGS, notifications: { ...SETTINGS.notifications, agentReply: false } };
    const news = { kind: 'agentReply', statusChanged: true, actor: AGNES } as const;
    expect(told({ ...news, status: 'resolved' }, off)).toEqual(['resolved clara@example.com']);
    expect(told({ ...news, status: 'closed' }, off)).toEqual(['closed clara@example.com']);
    expect(told({ ...news, status: 'waiting_user' }, off)).toEqual([]);
    expect(told({ ...news, status: 'resolved', statusChanged: false }, off)).toEqual([]);
  });

  it.each(NOTIFICATION_KINDS)('sends no %s when it is switched off', (off) => {
    const settings = { ...SETTINGS, notifications: { ...SETTINGS.notifications, [off]: false } };
    const sent = ALL_NEWS.flatMap((kind) => chooseNotifications({ ...NEWS, kind, actor: ARNO }, settings));
    expect(sent.map(({ kind }) => kind)).not.toContain(off);
    expect(sent.length).toBe(NOTIFICATION_KINDS.length - 1);
  });
});
