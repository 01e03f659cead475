/** A placeholder, or what may hold a question mark that is none: a string, a name, a comment. */
const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\?/g;

/** The statement with each `?` replaced, counting from 1. */
export function replacePlaceholders(sql: string, replacement: (n: number) => string): string {
  let n = 0;
  return sql.replace(TOKEN, (token) => (token === '?' ? replacement((n += 1)) : token));
}
