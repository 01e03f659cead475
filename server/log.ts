import type { Config } from './config.ts';
import type { Clock, Log } from './deps.ts';

const LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/**
 * One JSON line an event: `{time, level, event, ...fields}`. Errors among the fields become their name,
 * message and stack.
 *
 * @param write gets each line, with its line break
 */
export function createLog(level: Config['logLevel'], clock: Clock, write: (line: string) => void): Log {
  const threshold = LEVELS.indexOf(level);
  const at = (name: 'debug' | 'info' | 'warn' | 'error') => {
    if (LEVELS.indexOf(name) < threshold) return () => {};
    return (event: string, fields: Record<string, unknown> = {}) => {
      const time = new Date(clock.now()).toISOString();
      const line = { time, level: name, event, ...fields };
      // Each request writes a line: called for every member of it, `printable` would double its price.
      write(`${isPlain(fields) ? JSON.stringify(line) : JSON.stringify(line, printable)}\n`);
    };
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

function isPlain(fields: Record<string, unknown>): boolean {
  for (const name in fields) {
    const value = fields[name];
    if (typeof value === 'object' || typeof value === 'bigint') return false;
  }
  return true;
}

function printable(_key: string, value: unknown): unknown {
  if (value instanceof Error) {
    const { name, message, stack } = value;
    return { name, message, code: (value as { code?: unknown }).code, stack };
  }
  return typeof value === 'bigint' ? String(value) : value;
}

/**
 * Writes lines to a stream once a turn of the event loop, not once a line: a write to a pipe is a system
 * call that the request would wait for.
 */
export function bufferedWriter(stream: { write(text: string): unknown }): {
  write(line: string): void;
  flush(): void;
} {
  let pending = '';
  let scheduled = false;
  const flush = () => {
    scheduled = false;
    if (!pending) return;
    const text = pending;
    pending = '';
    stream.write(text);
  };
  return {
    write(line) {
      pending += line;
      if (scheduled) return;
      scheduled = true;
      setImmediate(flush);
    },
    flush,
  };
}
