import { escapeHtml } from './escape.ts';
import type { MailText } from './mail-text.ts';

/** What the link to unsubscribe opens. Only its button, a POST, has an effect: mail scanners follow every link. */
export function unsubscribePage(text: MailText): string {
  const [question, hint, button] = (['question', 'hint', 'button'] as const).map((key) =>
    escapeHtml(text.t(`unsubscribe.${key}`)),
  );
  return `<!doctype html>
<html lang="${text.language}" dir="${text.direction}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${button}</title><h1>${question}</h1>
<p>${hint}</p>
<form method="post"><button>${button}</button></form></html>
`;
}
