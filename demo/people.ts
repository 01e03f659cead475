/** The accounts of the host. A real one has them in its own database. */
export interface DemoPerson {
  id: string;
  name: string;
  email: string;
  role: 'client' | 'agent' | 'admin';
  company: string;
  /** What this account may name as the app a ticket is about. */
  relatedApps?: Array<{ id: string; name: string }>;
}

export const PEOPLE = {
  clara: {
    id: 'u-clara',
    name: 'Clara Meyer',
    email: 'clara@brightwave.example',
    role: 'client',
    company: 'Brightwave',
    relatedApps: [
      { id: 'site-eu', name: 'site-eu' },
      { id: 'site-us', name: 'site-us' },
      { id: 'checkout', name: 'Checkout' },
    ],
  },
  jonas: {
    id: 'u-jonas',
    name: 'Jonas Lind',
    email: 'jonas@nordpeak.example',
    role: 'client',
    company: 'Nordpeak',
    relatedApps: [
      { id: 'shop', name: 'Nordpeak Shop' },
      { id: 'blog', name: 'Nordpeak Blog' },
    ],
  },
  priya: {
    id: 'u-priya',
    name: 'Priya Raman',
    email: 'priya@acme-cloud.example',
    role: 'agent',
    company: 'Acme Cloud',
  },
  tom: {
    id: 'u-tom',
    name: 'Tom Becker',
    email: 'tom@acme-cloud.example',
    role: 'agent',
    company: 'Acme Cloud',
  },
  sofia: {
    id: 'u-sofia',
    name: 'Sofia Alvarez',
    email: 'sofia@acme-cloud.example',
    role: 'admin',
    company: 'Acme Cloud',
  },
} as const satisfies Record<string, DemoPerson>;

export type DemoPersonKey = keyof typeof PEOPLE;

export function findPerson(key: string | undefined): (DemoPerson & { key: DemoPersonKey }) | undefined {
  if (key === undefined || !Object.hasOwn(PEOPLE, key)) return undefined;
  return { key: key as DemoPersonKey, ...PEOPLE[key as DemoPersonKey] };
}
