import type { DemoPersonKey } from '../people.ts';

/** What happened next in a sample ticket. `after` counts in hours from the step before. */
export type SampleStep = { after: number; by: DemoPersonKey } & (
  | { reply: string; status?: string; files?: SampleFile[] }
  | { note: string }
  | { change: { status?: string; priority?: string; category?: string; assignee?: DemoPersonKey } }
  | { close: true }
  | { reopen: string }
);

export type SampleFile = 'blank-dashboard.png' | 'latency.png' | 'worker.log' | 'invoice-2291.csv';

export interface SampleTicket {
  by: 'clara' | 'jonas';
  /** Hours before the demo's first start. */
  hoursAgo: number;
  subject: string;
  category: 'billing' | 'technical' | 'account' | 'general';
  priority: 'low' | 'normal' | 'high' | 'urgent';
  /** Id of one of the requester's related apps. */
  app?: string;
  description: string;
  files?: SampleFile[];
  steps?: SampleStep[];
}
