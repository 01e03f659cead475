import type { SampleTicket } from './sample.ts';

export const ACCOUNT: SampleTicket[] = [
  {
    by: 'jonas',
    hoursAgo: 2,
    subject: 'Two-factor codes are not accepted on my new phone',
    category: 'account',
    priority: 'urgent',
    description: 'I moved to a new phone and every code is refused. The backup codes are on the old laptop.',
  },
  {
    by: 'clara',
    hoursAgo: 18,
    subject: 'Invite a contractor with read access only',
    category: 'account',
    priority: 'normal',
    app: 'site-us',
    description: 'Can somebody see the statistics of **site-us** and nothing else?',
    steps: [
      { after: 1, by: 'priya', change: { assignee: 'priya' } },
      {
        after: 1,
        by: 'priya',
        reply:
          'Yes, with the role *Viewer*:\n\n- **Team → Invite**\n- role *Viewer*\n- tick only `site-us`\n\n' +
          'Does that cover what you need?',
      },
    ],
  },
  {
    by: 'clara',
    hoursAgo: 60,
    subject: 'Single sign-on with our identity provider',
    category: 'account',
    priority: 'normal',
    description: 'We use OpenID Connect. Which redirect address do we enter on our side?',
    steps: [
      { after: 3, by: 'tom', change: { assignee: 'tom', status: 'in_progress' } },
      { after: 1, by: 'tom', note: 'Needs the Business plan; asked sales whether a trial is possible.' },
    ],
  },
  {
    by: 'jonas',
    hoursAgo: 96,
    subject: 'Change the owner of our account',
    category: 'account',
    priority: 'high',
    description: 'Mia Holm leaves us at the end of the month. I should become the owner.',
    steps: [
      { after: 2, by: 'sofia', change: { assignee: 'sofia' } },
      {
        after: 1,
        by: 'sofia',
        reply: 'Mia has to confirm it once: she got a mail with a link just now.',
      },
      { after: 26, by: 'jonas', reply: 'She did.' },
      { after: 1, by: 'sofia', reply: 'And you are the owner. Welcome!', status: 'resolved' },
    ],
  },
  {
    by: 'clara',
    hoursAgo: 140,
    subject: 'I no longer get sign-in notifications',
    category: 'account',
    priority: 'low',
    description: 'They stopped about two weeks ago.',
    steps: [
      { after: 8, by: 'tom', change: { assignee: 'tom' } },
      { after: 1, by: 'tom', reply: 'Your mail server refused three of them, so we paused. Shall I resume?' },
    ],
  },
  {
    by: 'jonas',
    hoursAgo: 310,
    subject: 'Delete the account of a former colleague',
    category: 'account',
    priority: 'normal',
    description: 'Please delete erik@nordpeak.example and everything personal about him.',
    steps: [
      { after: 4, by: 'priya', note: 'Erasure request: run the checklist, two people.' },
      { after: 20, by: 'priya', reply: 'Done; a confirmation is in your inbox.', status: 'resolved' },
      { after: 50, by: 'priya', close: true },
    ],
  },
  {
    by: 'clara',
    hoursAgo: 700,
    subject: 'Rename our organisation to Brightwave',
    category: 'account',
    priority: 'low',
    description: 'We were “BW Studio” until last month.',
    steps: [
      { after: 5, by: 'tom', reply: 'Renamed. Links with the old name keep working.', status: 'resolved' },
      { after: 30, by: 'tom', close: true },
    ],
  },
];
