import type { SampleTicket } from './sample.ts';

export const GENERAL: SampleTicket[] = [
  {
    by: 'clara',
    hoursAgo: 9,
    subject: 'Do you have a status page we can subscribe to?',
    category: 'general',
    priority: 'low',
    description: 'Our on-call team would like to hear of incidents before our customers do.',
  },
  {
    by: 'jonas',
    hoursAgo: 26,
    subject: 'Is there a region in the Nordics?',
    category: 'general',
    priority: 'normal',
    app: 'shop',
    description: 'Most of our customers are in Sweden and Norway. Is anything closer than Frankfurt planned?',
    steps: [
      { after: 3, by: 'sofia', change: { assignee: 'sofia', status: 'in_progress' } },
      { after: 1, by: 'sofia', note: 'Stockholm opens in Q1, not announced yet. Ask before telling a date.' },
    ],
  },
  {
    by: 'clara',
    hoursAgo: 70,
    subject: 'Feature request: keyboard shortcuts in the editor',
    category: 'general',
    priority: 'low',
    description: 'Mostly *save* and *preview*. Thank you!',
    steps: [
      { after: 6, by: 'priya', change: { assignee: 'priya' } },
      {
        after: 2,
        by: 'priya',
        reply: 'Nice idea, it is on our list. Would `Ctrl+S` and `Ctrl+P` do, or do they clash with yours?',
      },
    ],
  },
  {
    by: 'jonas',
    hoursAgo: 110,
    subject: 'Data processing agreement for our legal team',
    category: 'general',
    priority: 'normal',
    description: 'Where do I find a signed agreement (GDPR, article 28)?',
    steps: [
      { after: 5, by: 'tom', reply: 'Under **Settings → Legal**, ready to sign online.', status: 'resolved' },
    ],
  },
  {
    by: 'clara',
    hoursAgo: 170,
    subject: 'Training for three new colleagues',
    category: 'general',
    priority: 'low',
    description: 'Do you offer introductions for editors?',
    steps: [
      { after: 4, by: 'sofia', change: { assignee: 'sofia' } },
      {
        after: 1,
        by: 'sofia',
        reply: 'Every Tuesday at 14:00 CET, free of charge. Shall I book three seats?',
      },
      { after: 20, by: 'clara', reply: 'Next Tuesday, please.' },
      { after: 2, by: 'sofia', reply: 'Booked, invitations are out.', status: 'resolved' },
      { after: 70, by: 'sofia', close: true },
    ],
  },
  {
    by: 'jonas',
    hoursAgo: 240,
    subject: 'How long are logs kept?',
    category: 'general',
    priority: 'normal',
    app: 'blog',
    description: 'We have to keep access logs for 90 days.',
    steps: [
      {
        after: 3,
        by: 'tom',
        reply: '30 days by default; *Log archive* keeps them up to a year.',
        status: 'resolved',
      },
      { after: 60, by: 'tom', close: true },
      {
        after: 50,
        by: 'jonas',
        reopen: 'Does the archive cover the blog as well? I only see the shop there.',
      },
    ],
  },
  {
    by: 'clara',
    hoursAgo: 420,
    subject: 'Thank you for the quick help on Friday',
    category: 'general',
    priority: 'low',
    description: 'Just that. You saved our launch.',
    steps: [
      { after: 2, by: 'priya', reply: 'You made our Monday. 🎉', status: 'resolved' },
      { after: 90, by: 'priya', close: true },
    ],
  },
];
