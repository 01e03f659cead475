import type { Role } from '../contract/vocabulary.ts';

/** Claims of a person that tests act as. */
export interface TestUser {
  sub: string;
  email: string;
  name: string;
  role: Role;
  /** The language of their mails. */
  locale?: string;
}

export const CLIENT: TestUser = {
  sub: 'client-1',
  email: 'clara@example.com',
  name: 'Clara Client',
  role: 'client',
};
export const OTHER_CLIENT: TestUser = {
  sub: 'client-2',
  email: 'otto@example.com',
  name: 'Otto Other',
  role: 'client',
};
export const AGENT: TestUser = {
  sub: 'agent-1',
  email: 'agnes@support.example',
  name: 'Agnes Agent',
  role: 'agent',
};
export const OTHER_AGENT: TestUser = {
  sub: 'agent-2',
  email: 'arno@support.example',
  name: 'Arno Agent',
  role: 'agent',
};
export const ADMIN: TestUser = {
  sub: 'admin-1',
  email: 'ada@support.example',
  name: 'Ada Admin',
  role: 'admin',
};
