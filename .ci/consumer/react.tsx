import 'support-center';
import type { SupportCenter, SupportEvent } from 'support-center/element';
import type {} from 'support-center/react';
import { useRef } from 'react';

export function Page() {
  const support = useRef<SupportCenter>(null);
  const number: string = support.current?.counts?.open; // WRONG: a number, or none
  return (
    <>
      <button type="button" onClick={() => support.current?.newTicket({ category: 'technical' })}>
        {number}
      </button>
      <button type="button" onClick={() => support.current?.newTicket({ category: 'gossip' })} /* WRONG */ />
      <support-center
        ref={support}
        className="support"
        token-url="/support-token"
        layout="launcher"
        disabled={false}
        relatedApps={[{ id: 'eu', name: 'EU' }]}
        getToken={async ({ reason, signal }) => `${reason.length} ${signal.aborted}`}
        messages={{ 'app.title': 'Help' }}
        onsupport-ticket-created={(event: SupportEvent<'support-ticket-created'>) => event.detail.ticket.number.trim()}
        onsupport-unread-change={({ detail }) => detail.unreadCount.toFixed()}
      />
      <support-center
        layout="sidebar" // WRONG
        theme="dark"
      />
      <support-center
        status="in_progress"
        view="inbox" // WRONG
      />
      <support-center
        relatedApps={['eu']} // WRONG
      />
      <support-center
        getToken={() => 42} // WRONG
      />
      <support-center
        tokenUrls="/support-token" // WRONG
      />
      <support-center
        onsupport-unread-change={({ detail }) => detail.unread} // WRONG
      />
      <support-center
        color-scheme="dark" // a host's own attributes with a dash stay its own
      />
      <support-link href="/support" token-url="/support-token">
        Help
      </support-link>
      <support-link
        href={42} // WRONG
      />
    </>
  );
}
