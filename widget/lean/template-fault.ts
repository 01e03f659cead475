/**
 * What a template must not have for `prepare` to read it: the build refuses such a one.
 *
 * @param strings the text between the values
 * @returns what is wrong, or null
 */
export function templateFault(strings: readonly string[]): string | null {
  const whole = strings.join('\0');
  if (/<!--|<\?/.test(whole)) return 'a comment';
  if (/=("[^"]*[<>][^"]*"|'[^']*[<>][^']*')/.test(whole)) return 'a < or > in an attribute';
  if (/='[^']*\0/.test(whole)) return 'a value in single quotes';
  if (/="[^"]*&[^"]*\0|="[^"]*\0[^"]*&[^"]*"/.test(whole)) return 'an entity beside a value in an attribute';
  const rest = whole.replace(/\s[^\s=<>"\0]+=("[^"]*"|\0(?=[\s>/]))/g, ' ');
  return /<[^>]*\0/.test(rest) ? 'a value in a tag that is not the value of an attribute' : null;
}
