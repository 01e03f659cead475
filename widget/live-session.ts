import type { Session } from '../server/contract/session.ts';
import { Live, type LiveOptions } from './live.ts';
import { requestStream, type StreamSource } from './live-request.ts';

/**
 * The stream of events of the person whose session it is. Whoever asks for the same shares it, so all ask for all
 * that this person may hear.
 *
 * @param position of the list that was loaded before
 */
export function openLive(
  source: StreamSource,
  { actor, permissions }: Session,
  position: number | null,
  handlers: Pick<LiveOptions, 'onEvent' | 'onGap' | 'onState' | 'onOpened'>,
): Live {
  const extras = permissions.manageTickets ? ['reads', 'presence', 'mails'] : ['reads'];
  const live = new Live({
    name: liveName(source, actor),
    position,
    request: (lastEventId, signal) => requestStream(source, extras, lastEventId, signal),
    ...handlers,
  });
  live.start();
  return live;
}

/** Same server, same person, same role. */
export function liveName({ baseUrl }: StreamSource, { role, id }: Session['actor']): string {
  return `support-center ${baseUrl()} ${role} ${id}`;
}
