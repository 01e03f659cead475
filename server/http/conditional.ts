import { hash } from 'node:crypto';
import type { Context } from 'hono';
import type { Env } from '../auth/env.ts';
import { isAgentRole } from '../contract/vocabulary.ts';
import { readState } from '../db/state.ts';
import type { Deps } from '../deps.ts';
import { readSettingsVersion } from '../settings/service.ts';
import { completeHeaders } from './headers.ts';
import { answerBytes, encodePieces } from './json.ts';

/**
 * Answers with an `ETag`, and with 304 where `If-None-Match` names it.
 *
 * For agents the tag stands for the state of the database: where nothing has changed, the answer is not even made. A
 * client must not be told by it that there are notes, nor of what others do: theirs stands for the very bytes.
 *
 * @param produce makes the JSON, in pieces
 */
export async function answerConditionally(
  c: Context<Env>,
  deps: Deps,
  produce: () => Promise<readonly string[]>,
): Promise<Response> {
  const ifNoneMatch = c.req.header('if-none-match');
  // Before the answer is made: a tag may be older than what it stands for, never newer.
  const known = isAgentRole(c.get('actor').role)
    ? await tagOfState(c, deps, ifNoneMatch !== undefined)
    : null;
  if (known !== null && names(ifNoneMatch, known)) return notModified(c, known);
  return answerTagged(c, encodePieces(await produce()), known ?? undefined);
}

/** Answers bytes of JSON that are made already, or 304 where `If-None-Match` names them. */
export async function answerTagged(
  c: Context<Env>,
  bytes: Uint8Array<ArrayBuffer>,
  tag: string = toTag(bytes),
): Promise<Response> {
  if (names(c.req.header('if-none-match'), tag)) return notModified(c, tag);
  return answerBytes(c, bytes, 200, { ETag: tag });
}

async function tagOfState(c: Context<Env>, deps: Deps, isExact: boolean): Promise<string | null> {
  const state = await readState(deps.db, isExact);
  if (state === null) return null;
  const { id, role, name, email, relatedApps } = c.get('actor');
  const { url } = c.req;
  const asked = url.slice(url.indexOf('/', url.indexOf('//') + 2));
  const { version } = await readSettingsVersion(deps.db);
  return toTag([state, version, asked, id, role, name, email, JSON.stringify(relatedApps)].join('\n'));
}

/** Weak: what goes out may be compressed. */
function toTag(content: string | Uint8Array): string {
  return `W/"${hash('sha1', content, 'base64url')}"`;
}

function names(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const bare = tag.slice('W/'.length);
  return ifNoneMatch.split(',').some((given) => given.trim().replace(/^W\//, '') === bare);
}

function notModified(c: Context<Env>, tag: string): Response {
  return new Response(null, { status: 304, headers: completeHeaders(c, { ETag: tag }) });
}
