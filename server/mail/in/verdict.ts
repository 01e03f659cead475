import { domainOf } from '../address.ts';
import { header, type Headers } from './headers.ts';

/** Whether the mail comes from where its `From` says: pass, fail, or nobody looked. */
export type Verdict = 'pass' | 'fail' | 'none';

interface Result {
  method: string;
  value: string;
  /** Such as `header.from`, `header.d`, `smtp.mailfrom`. */
  properties: Map<string, string>;
}

/**
 * What SPF, DKIM and DMARC say together, as the provider found it (RFC 8601). DMARC decides; where a
 * domain has none, a signature or a permitted server of the very domain in `From` does.
 *
 * Only the topmost `Authentication-Results` is the provider's: below it stands what the sender wrote. Where
 * the order is lost, all of them have to agree.
 *
 * @param inOrder the headers stand as they did in the mail
 */
export function readVerdict(headers: Headers, inOrder: boolean, from: string): Verdict {
  const all = headers.filter(([name]) => name === 'authentication-results').map(([, value]) => value);
  if (all.length === 0) return 'none';
  const verdicts = (inOrder ? all.slice(0, 1) : all).map((value) => judge(parse(value), domainOf(from)));
  return verdicts.find((verdict) => verdict !== 'pass') ?? 'pass';
}

/** What the provider's scanners say. */
export function readScan(headers: Headers): 'virus' | 'spam' | null {
  const failed = (name: string) => header(headers, name)?.trim().toUpperCase() === 'FAIL';
  if (failed('x-ses-virus-verdict')) return 'virus';
  return failed('x-ses-spam-verdict') ? 'spam' : null;
}

function judge(results: Result[], domain: string): Verdict {
  if (domain === '') return 'fail';
  const of = (method: string) => results.filter((result) => result.method === method);
  const [dmarc, ...more] = of('dmarc');
  // Two answers to one question: one of them was smuggled in through a name or an envelope.
  if (more.length > 0 || of('spf').length > 1) return 'fail';
  if (dmarc && dmarc.value !== 'none') {
    const judged = dmarc.properties.get('header.from') ?? domain;
    return dmarc.value === 'pass' && judged.toLowerCase() === domain ? 'pass' : 'fail';
  }
  const signed = of('dkim').some((result) => {
    const signer = result.properties.get('header.d') ?? domainOf(result.properties.get('header.i') ?? '');
    return result.value === 'pass' && isAligned(signer, domain);
  });
  const permitted = of('spf').some((result) => {
    const envelope = result.properties.get('smtp.mailfrom') ?? result.properties.get('envelope-from') ?? '';
    return result.value === 'pass' && isAligned(domainOf(envelope), domain);
  });
  if (signed || permitted) return 'pass';
  return of('dkim').length + of('spf').length > 0 ? 'fail' : 'none';
}

/** A domain speaks for itself and for what is below it, never for what is above. */
function isAligned(speaker: string, domain: string): boolean {
  const name = speaker.toLowerCase();
  return name.includes('.') && (name === domain || domain.endsWith(`.${name}`));
}

/** `id; method=value (comment) property=value …; …`, with comments that nest and values in quotes. */
function parse(text: string): Result[] {
  const [, ...clauses] = split(withoutComments(text), ';');
  const results: Result[] = [];
  for (const clause of clauses) {
    for (const [index, word] of split(clause, ' ').entries()) {
      const equals = word.indexOf('=');
      if (equals < 1) continue;
      const name = word.slice(0, equals).toLowerCase();
      const value = word.slice(equals + 1).replace(/^"(.*)"$/, '$1');
      const last = results.at(-1);
      if (index === 0 && /^(spf|dkim|dmarc|arc|auth|iprev)$/.test(name)) {
        results.push({ method: name, value: value.toLowerCase(), properties: new Map() });
      } else if (last && !last.properties.has(name)) {
        last.properties.set(name, value);
      }
    }
  }
  return results;
}

function withoutComments(text: string): string {
  let kept = '';
  let depth = 0;
  let inQuotes = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]!;
    if (character === '\\') {
      if (depth === 0) kept += text.slice(index, index + 2);
      index += 1;
    } else if (character === '"' && depth === 0) {
      inQuotes = !inQuotes;
      kept += character;
    } else if (inQuotes) {
      kept += character;
    } else if (character === '(') {
      depth += 1;
    } else if (character === ')') {
      depth = Math.max(0, depth - 1);
    } else if (depth === 0) {
      kept += character;
    }
  }
  return kept;
}

/** At every `mark` outside of quotes; empty parts are left out. */
function split(text: string, mark: ';' | ' '): string[] {
  const parts =
    text.match(mark === ';' ? /(?:"(?:\\.|[^"\\])*"|[^;])+/g : /(?:"(?:\\.|[^"\\])*"|\S)+/g) ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
