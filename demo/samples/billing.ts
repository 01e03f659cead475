import type { SampleTicket } from './sample.ts';

export const BILLING: SampleTicket[] = [
  {
    by: 'clara',
    hoursAgo: 5,
    subject: 'VAT number is missing on our October invoice',
    category: 'billing',
    priority: 'normal',
    description:
      'Our accountants need the VAT number **DE811223344** on invoice 2291. Can you issue it again?',
    files: ['invoice-2291.csv'],
  },
  {
    by: 'jonas',
    hoursAgo: 22,
    subject: 'Charged twice for the Pro plan',
    category: 'billing',
    priority: 'high',
    description: 'Two charges of 49.00 on the 1st. Our bank shows both as settled.',
    steps: [
      { after: 1, by: 'sofia', change: { assignee: 'tom' } },
      {
        after: 2,
        by: 'tom',
        reply: 'I see both charges. The second is on its way back to you; banks take three to five days.',
      },
    ],
  },
  {
    by: 'clara',
    hoursAgo: 46,
    subject: 'Switch from monthly to yearly billing',
    category: 'billing',
    priority: 'low',
    description: 'We would like to pay yearly from December on. What happens with the days already paid?',
    steps: [
      { after: 4, by: 'priya', change: { assignee: 'priya' } },
      { after: 1, by: 'priya', reply: 'They are deducted from the first yearly invoice. Shall I switch it?' },
      { after: 15, by: 'clara', reply: 'Yes, please.' },
    ],
  },
  {
    by: 'clara',
    hoursAgo: 90,
    subject: 'Where do I find receipts for the last year?',
    category: 'billing',
    priority: 'low',
    description: 'I only see six months under Billing.',
    steps: [
      {
        after: 2,
        by: 'tom',
        reply: 'Older ones are under **Billing → Archive**. There is a button for all of them as one ZIP.',
        status: 'resolved',
      },
    ],
  },
  {
    by: 'jonas',
    hoursAgo: 150,
    subject: 'Purchase order number on invoices',
    category: 'billing',
    priority: 'normal',
    description: 'Our purchasing wants PO 4500-118 on each invoice.',
    steps: [
      { after: 3, by: 'tom', change: { assignee: 'tom' } },
      { after: 1, by: 'tom', reply: 'Added; it is on every invoice from now on.', status: 'resolved' },
      { after: 12, by: 'jonas', reply: 'Could it be on the last one as well?' },
      { after: 3, by: 'tom', note: 'Finance has to reissue 2204. Asked Lena.' },
    ],
  },
  {
    by: 'clara',
    hoursAgo: 260,
    subject: 'Credit card expired, how do we avoid an outage?',
    category: 'billing',
    priority: 'urgent',
    description: 'Our card ran out yesterday and the new one comes next week.',
    steps: [
      {
        after: 0.5,
        by: 'sofia',
        reply: 'No worries: nothing is switched off for 21 days. Enter the new card when it is there.',
        status: 'resolved',
      },
      { after: 60, by: 'sofia', close: true },
    ],
  },
  {
    by: 'jonas',
    hoursAgo: 500,
    subject: 'Invoice address changed',
    category: 'billing',
    priority: 'normal',
    description: 'We moved: Nordpeak AB, Storgatan 12, 211 42 Malmö.',
    steps: [
      {
        after: 6,
        by: 'priya',
        reply: 'Changed, thank you. The next invoice carries it.',
        status: 'resolved',
      },
      { after: 48, by: 'priya', close: true },
    ],
  },
];
