import { z } from 'zod';
import { ROLES, type Role } from '../contract/vocabulary.ts';
import { RelatedApp } from '../contract/tickets.ts';
import { isLanguageTag } from './spoken-language.ts';

/** Who a verified token speaks of. */
export interface Claims {
  /** `sub`, unique at the host. */
  sub: string;
  email: string;
  /** The e-mail address where the token has no name. */
  name: string;
  role: Role;
  /** undefined: the host did not restrict them. */
  relatedApps?: RelatedApp[];
  /** A tag of BCP 47; undefined: the token does not say, or nothing that could be one. */
  locale?: string;
}

/** These go into mail headers and logs. */
const line = (max: number) =>
  z
    .string()
    .refine((value) => value.isWellFormed() && !/\p{Cc}/u.test(value), 'Must be one line of plain text.')
    .transform((value) => value.trim())
    .refine((value) => value.length >= 1 && value.length <= max, `Must have 1 to ${max} characters.`);

const sub = z
  .string()
  .min(1)
  .max(200)
  .refine((value) => value.isWellFormed() && !/\p{Cc}/u.test(value), 'Must be one line of plain text.');

const email = line(254).refine(
  (value) => /^[^\s@<>,;"()]+@[^\s@<>,;"()]+$/u.test(value),
  'Must be an address.',
);

/**
 * The claims the server reads besides those that the verification itself checks. A host may put others into
 * its tokens: they are ignored.
 */
export const ClaimsSchema = z
  .object({
    sub,
    email,
    name: line(200).nullish().catch(null),
    role: z.enum(ROLES),
    // Only the language of mails hangs on it: not worth turning somebody away.
    locale: z.string().refine(isLanguageTag).nullish().catch(null),
    related_apps: z
      .array(z.object({ ...RelatedApp.shape }))
      .max(200)
      .nullish(),
    iat: z.number(),
    exp: z.number(),
  })
  .transform(({ name, related_apps, locale, ...claims }): Claims & { iat: number; exp: number } => ({
    ...claims,
    name: name ?? claims.email,
    relatedApps: related_apps ?? undefined,
    ...(locale && { locale }),
  }));
