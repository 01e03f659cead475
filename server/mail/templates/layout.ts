import { bodyHtml, bodyText } from './message-body.ts';
import { escapeHtml } from './escape.ts';
import type { MailText } from './mail-text.ts';

/** What a mail says, before it is set as HTML and as text. Every string is plain text. */
export interface MailContent {
  /** The language it is in. */
  words: MailText;
  subject: string;
  /** One sentence that says what happened; also the preview that mailboxes show. */
  heading: string;
  /** Sentences under it. */
  intro: string[];
  /** What people wrote, oldest first. */
  quotes: Quote[];
  facts: Array<{ label: string; value: string }>;
  link?: { label: string; url: string };
  /** Sentences at the end, smaller. */
  footer: string[];
}

/** What one person wrote, and the names of its files. */
export interface Quote {
  author: string;
  body: string;
  attachmentNames: string[];
}

export interface RenderedMail {
  subject: string;
  html: string;
  text: string;
}

const FONT = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const MUTED = 'color:#5b6470;font-size:13px;line-height:1.5';

/** Tables and inline styles: what Gmail and Outlook leave standing. */
export function layOut(content: MailContent): RenderedMail {
  return { subject: content.subject, html: layOutHtml(content), text: layOutText(content) };
}

function layOutText({ words, heading, intro, quotes, facts, link, footer }: MailContent): string {
  const blocks = [heading, ...intro];
  for (const quote of quotes) {
    blocks.push(`${words.t('quoted', { author: quote.author })}\n\n${indent(bodyText(quote.body))}`);
    if (quote.attachmentNames.length > 0) blocks.push(attachments(words, quote));
  }
  if (facts.length > 0) blocks.push(facts.map((fact) => words.t('fact', fact)).join('\n'));
  // Nothing invisible beside the address, which mailboxes would take for a part of it.
  if (link) blocks.push(words.t('fact', { label: link.label }).replace('{value}', () => link.url));
  if (footer.length > 0) blocks.push(`-- \n${footer.join('\n')}`);
  return `${blocks.join('\n\n')}\n`;
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}

function layOutHtml({ words, subject, heading, intro, quotes, facts, link, footer }: MailContent): string {
  return `<!doctype html>
<html lang="${words.language}" dir="${words.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${escapeHtml(subject)}</title>
</head>
<body style="margin:0;padding:0;background:#f6f7f9">
<table role="presentation" dir="${words.direction}" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f6f7f9">
<tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;background:#ffffff;border:1px solid #e3e6ea;border-radius:8px">
<tr><td style="padding:28px 28px 20px;font-family:${FONT};font-size:15px;line-height:1.55;color:#1a1d21">
<h1 style="margin:0 0 12px;font-size:18px;line-height:1.35;font-weight:600">${escapeHtml(heading)}</h1>
${intro.map((sentence) => `<p style="margin:0 0 12px">${escapeHtml(sentence)}</p>`).join('\n')}
${quotes.map((quote) => quoteHtml(words, quote)).join('\n')}
${facts.length > 0 ? factsHtml(words, facts) : ''}
${link ? linkHtml(link) : ''}
</td></tr>
</table>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px">
<tr><td style="padding:14px 28px;font-family:${FONT};${MUTED}">${footer.map(escapeHtml).join('<br>')}</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
}

function attachments(words: MailText, { attachmentNames }: Quote): string {
  return words.t('attachments', { names: attachmentNames.join(', ') });
}

function quoteHtml(words: MailText, quote: Quote): string {
  const start = words.direction === 'rtl' ? 'right' : 'left';
  const files =
    quote.attachmentNames.length > 0
      ? `<p style="margin:0;${MUTED}">${escapeHtml(attachments(words, quote))}</p>`
      : '';
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:4px 0 16px">
<tr><td style="padding:2px 0;padding-${start}:14px;border-${start}:3px solid #3b5bdb;font-size:15px;line-height:1.55">
<p style="margin:0 0 6px;${MUTED}">${escapeHtml(quote.author)}</p>
<div dir="auto" style="word-break:break-word">${bodyHtml(quote.body)}</div>
${files}
</td></tr>
</table>`;
}

function factsHtml(words: MailText, facts: MailContent['facts']): string {
  const [start, end] = words.direction === 'rtl' ? ['right', 'left'] : ['left', 'right'];
  const rows = facts.map(
    ({ label, value }) =>
      `<tr><td style="padding:2px 0;padding-${end}:16px;${MUTED};white-space:nowrap" valign="top">${escapeHtml(label)}</td>` +
      `<td style="padding:2px 0;font-size:13px;line-height:1.5;word-break:break-word" dir="auto" align="${start}">${escapeHtml(value)}</td></tr>`,
  );
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 16px">
${rows.join('\n')}
</table>`;
}

function linkHtml({ label, url }: NonNullable<MailContent['link']>): string {
  return `<p style="margin:4px 0 8px"><a href="${escapeHtml(url)}" style="display:inline-block;padding:10px 18px;background:#3b5bdb;color:#ffffff;text-decoration:none;border-radius:6px;font-weight:600;font-size:14px">${escapeHtml(label)}</a></p>`;
}
