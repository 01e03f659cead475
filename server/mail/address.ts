/** A mailbox as a header names it: `"Doe, Jane" <jane@example.com>` or the address alone. */
export interface Mailbox {
  /** In lower case; empty where there is none. */
  address: string;
  /** Empty where there is none. */
  name: string;
}

/** Reads one mailbox. What is not one has an empty address. */
export function parseMailbox(text: string): Mailbox {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  // The last pair of brackets: whatever a name holds in front of it is only a name.
  const bracketed = /^(.*)<([^<>]*)>\s*$/.exec(line);
  const address = (bracketed?.[2] ?? line).trim().toLowerCase();
  const name = (bracketed?.[1] ?? '')
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .replace(/\\(.)/g, '$1');
  return isAddress(address) ? { address, name: name.trim() } : { address: '', name: '' };
}

let parsed: { mailbox: string; address: string } | undefined;

/** @returns the address in lower case; empty where there is none */
export function addressOf(mailbox: string): string {
  // Asked for again and again of the one that all mails are from.
  if (parsed?.mailbox !== mailbox) parsed = { mailbox, address: parseMailbox(mailbox).address };
  return parsed.address;
}

/** @returns in lower case; empty where there is none */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

/** Refuses what would be read as several addresses or as another header. */
export function isAddress(address: string): boolean {
  return address.length <= 320 && /^[^\s\p{Cc}<>,;:"()[\]\\@]+@[^\s\p{Cc}<>,;:"()[\]\\@]+$/u.test(address);
}
