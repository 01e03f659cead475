import type { SampleTicket } from './sample.ts';

export const TECHNICAL: SampleTicket[] = [
  {
    by: 'clara',
    hoursAgo: 3,
    subject: 'Dashboard is blank after login',
    category: 'technical',
    priority: 'high',
    app: 'site-eu',
    description:
      'Since this morning our dashboard stays empty after signing in. The menu loads, the charts do not.\n\n' +
      '1. Sign in at site-eu\n2. Open **Overview**\n3. Wait: the three cards stay grey\n\n' +
      'The console says:\n\n```\nGET /metrics/summary 504 (Gateway Timeout)\n```\n\nA screenshot is attached.',
    files: ['blank-dashboard.png'],
    steps: [
      { after: 0.4, by: 'sofia', change: { assignee: 'priya' } },
      {
        after: 0.2,
        by: 'priya',
        note: 'The summary worker in eu-west ran out of memory at 06:40. Tom restarted it; watching.',
      },
      {
        after: 0.3,
        by: 'priya',
        reply:
          'Thanks for the screenshot, Clara, that made it easy to find. A worker in our EU region had stopped ' +
          'answering; it is back now.\n\nCould you reload the page and tell me whether the charts are there?',
      },
    ],
  },
  {
    by: 'jonas',
    hoursAgo: 7,
    subject: 'Checkout webhooks arrive up to 20 minutes late',
    category: 'technical',
    priority: 'urgent',
    app: 'shop',
    description:
      'Orders are paid, but `order.paid` reaches us 10 to 20 minutes later. Our warehouse ships too late.\n\n' +
      'Delivery log of the last hour:\n\n```\n09:02:11  order.paid  evt_81f2  delivered 09:19:48\n' +
      '09:04:37  order.paid  evt_81f9  delivered 09:21:02\n```',
    files: ['worker.log', 'latency.png'],
    steps: [
      { after: 0.3, by: 'tom', change: { assignee: 'tom', status: 'in_progress' } },
      { after: 0.5, by: 'tom', note: 'Queue depth 48k. One tenant floods the shared partition.' },
    ],
  },
  {
    by: 'clara',
    hoursAgo: 1,
    subject: 'Custom domain shows a certificate warning',
    category: 'technical',
    priority: 'high',
    app: 'site-us',
    description: 'https://www.brightwave.example warns about the certificate since the renewal last night.',
  },
  {
    by: 'jonas',
    hoursAgo: 30,
    subject: 'API returns 429 although we are below the limit',
    category: 'technical',
    priority: 'normal',
    app: 'shop',
    description: 'We send 40 requests a minute with one key and get 429 now and then. The docs say 60.',
    steps: [
      { after: 1, by: 'tom', change: { assignee: 'tom' } },
      {
        after: 1,
        by: 'tom',
        reply:
          'Do you use the same key from more than one machine? The limit counts per key. ' +
          'The header `X-RateLimit-Remaining` tells what is left.',
      },
      { after: 18, by: 'jonas', reply: 'Yes, two workers share it. So that is 80 together, I see.' },
    ],
  },
  {
    by: 'clara',
    hoursAgo: 52,
    subject: 'Image resizing crops portraits at the top',
    category: 'technical',
    priority: 'low',
    app: 'site-eu',
    description: 'With `?w=400&h=400` portraits lose their heads. Is there a way to choose the focus?',
    steps: [
      { after: 5, by: 'priya', reply: 'There is: add `&focus=top`, or `focus=face`.', status: 'resolved' },
    ],
  },
  {
    by: 'jonas',
    hoursAgo: 75,
    subject: 'Deployments hang at "Uploading assets"',
    category: 'technical',
    priority: 'high',
    app: 'blog',
    description: 'Every second deployment stops at *Uploading assets* and fails after ten minutes.',
    steps: [
      { after: 2, by: 'priya', change: { assignee: 'priya', status: 'in_progress' } },
      {
        after: 3,
        by: 'priya',
        reply: 'Found it: files over 2 GB trip our uploader. A fix is out tomorrow.',
        status: 'in_progress',
      },
      { after: 20, by: 'priya', note: 'Fix is in release 4812, waiting for the canary.' },
    ],
  },
  {
    by: 'clara',
    hoursAgo: 120,
    subject: 'Search index is missing products added today',
    category: 'technical',
    priority: 'normal',
    app: 'checkout',
    description: 'About 30 products that we added today do not show up in the shop search.',
    steps: [
      { after: 3, by: 'tom', change: { assignee: 'tom' } },
      {
        after: 1,
        by: 'tom',
        reply: 'The indexer had stopped. It runs again and has caught up.',
        status: 'resolved',
      },
      { after: 4, by: 'clara', reply: 'Half of them are still missing, sorry.' },
      {
        after: 2,
        by: 'tom',
        reply: 'You were right, one shard was left out. All there now?',
        status: 'resolved',
      },
      { after: 40, by: 'tom', close: true },
    ],
  },
  {
    by: 'jonas',
    hoursAgo: 200,
    subject: 'Nightly backup reported 0 bytes',
    category: 'technical',
    priority: 'urgent',
    app: 'shop',
    description: 'Last night’s backup says 0 bytes. Is our data safe?',
    steps: [
      { after: 0.3, by: 'priya', change: { assignee: 'priya' } },
      {
        after: 0.4,
        by: 'priya',
        reply:
          'Your data is safe: the backup ran and can be restored, only the report was wrong.\n\n' +
          '> Backup 2291: 41.2 GB, verified\n\nThe report will be right from tonight on.',
        status: 'resolved',
      },
      { after: 30, by: 'priya', close: true },
    ],
  },
];
