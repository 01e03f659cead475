/** Sizes and counts of contract section 4. Imports nothing: the element uses it too. */
export const LIMITS = {
  /** Characters, after trimming. */
  subjectMaxLength: 200,
  /** Characters of a description, reply or note. */
  bodyMaxLength: 50_000,
  /** Bytes of a JSON request body. */
  jsonMaxBytes: 256 * 1024,
  /** Bytes of one attached file. */
  fileMaxBytes: 10 * 1024 * 1024,
  /** Files of one message. */
  filesPerMessage: 5,
  /** Bytes of all files one user has stored. */
  storageMaxBytes: 500 * 1024 * 1024,
  /** Characters of a search. */
  searchMaxLength: 200,
  /** Characters of a file name. */
  fileNameMaxLength: 200,
  pageDefault: 25,
  pageMax: 100,
} as const;

/** What `GET /api/session` tells the element of them. */
export interface SessionLimits {
  subjectMaxLength: number;
  bodyMaxLength: number;
  fileMaxBytes: number;
  filesPerMessage: number;
  storageMaxBytes: number;
}
