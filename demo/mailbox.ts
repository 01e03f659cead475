import { Hono } from 'hono';
import type { Deps, MailPayload } from '../server/deps.ts';

/** As strict as the host's own pages: a mail brings its styles and nothing that runs or loads. */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; " +
  'sandbox allow-popups allow-popups-to-escape-sandbox';

const SHOWN = 200;

/** The captured mails, for the page that shows them. */
export function createMailbox(deps: Pick<Deps, 'db'>): Hono {
  const mailbox = new Hono();
  const mails = () =>
    deps.db.selectFrom('outbox').select(['id', 'payload', 'kind', 'created_at']).orderBy('id', 'desc');

  mailbox.get('/mails', async (c) => {
    const rows = await mails().limit(SHOWN).execute();
    c.header('Cache-Control', 'no-store');
    return c.json({
      mails: rows.map((row) => {
        const { from, to, subject, text } = JSON.parse(row.payload) as MailPayload;
        return {
          id: row.id,
          kind: row.kind,
          from,
          to,
          subject,
          text,
          createdAt: new Date(row.created_at).toISOString(),
        };
      }),
    });
  });

  mailbox.get('/mails/:id{[0-9]+\\.html}', async (c) => {
    const id = Number.parseInt(c.req.param('id'), 10);
    const row = await mails().where('id', '=', id).executeTakeFirst();
    if (!row) return c.notFound();
    c.header('Content-Security-Policy', MAIL_POLICY);
    c.header('Cache-Control', 'no-store');
    // Links of a mail open beside the mailbox, not inside the frame.
    return c.html(`<base target="_blank" />${(JSON.parse(row.payload) as MailPayload).html}`);
  });
  return mailbox;
}
