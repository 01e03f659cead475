import type { Message } from '../../../server/contract/tickets.ts';
import { ApiError } from '../../api-error.ts';
import type { SupportStore } from '../../state.ts';
import type { ComposerDraft } from './composer-draft.ts';

/** Attempts after which a change that is no reply no longer keeps one from being sent. */
const ATTEMPTS = 3;

/** What somebody else wrote to the requester, or the requester themselves, since this draft was begun. */
function newerThan(store: SupportStore, { seen }: ComposerDraft): Message | null {
  const { messages = [] } = store.thread.value ?? {};
  const at = messages.findIndex(({ id }) => id === seen);
  const me = store.session.value?.actor.id;
  if (at < 0) return null;
  return messages.slice(at + 1).findLast(({ internal, author }) => !internal && author.id !== me) ?? null;
}

/**
 * Sends an agent's reply, unless there is one that it may not have taken into account, here or on the server.
 *
 * @returns that one, and nothing was sent; null when it was sent
 * @throws ApiError as `reply`
 */
export async function replyUnlessNewer(
  store: SupportStore,
  number: string,
  draft: ComposerDraft,
): Promise<Message | null> {
  for (let attempt = 1; ; attempt++) {
    const newer = newerThan(store, draft);
    if (newer) return newer;
    const { input, idempotencyKey } = draft.message();
    const version = attempt < ATTEMPTS ? store.thread.value?.ticket?.version : undefined;
    try {
      await store.reply(number, input, idempotencyKey, version);
      return null;
    } catch (error) {
      // The thread has been loaded anew: what has changed may be no reply at all.
      if (!(error instanceof ApiError && error.code === 'version_mismatch')) throw error;
    }
  }
}
