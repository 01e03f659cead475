import { useRef, useState } from 'react';
import 'support-center';
import type { SupportCenter } from 'support-center/element';
import type {} from 'support-center/react';

export function SupportPage({ apps }: { apps: Array<{ id: string; name: string }> }) {
  const support = useRef<SupportCenter>(null);
  const [filed, setFiled] = useState('');
  return (
    <>
      <button type="button" onClick={() => support.current?.newTicket({ category: 'technical' })}>
        Report a problem
      </button>
      {filed && <p role="status">Thank you, this is {filed}.</p>}
      <support-center
        ref={support}
        token-url="/support-token"
        relatedApps={apps}
        onsupport-ticket-created={(event) => setFiled(event.detail.ticket.number)}
      />
    </>
  );
}
