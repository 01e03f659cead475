/** Says in one sentence why a database cannot be looked at. */
export class DatabaseUnusable extends Error {}
