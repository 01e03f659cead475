/** One line of a Dockerfile, with its continuations. */
export interface Instruction {
  name: string;
  rest: string;
}

/** From one FROM to the next. */
export interface Stage {
  image: string;
  name: string | undefined;
  instructions: Instruction[];
}

/** A Dockerfile as stages; variables of ARG before the first FROM are filled in. */
export function readDockerfile(text: string): Stage[] {
  const lines = text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replace(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const stages: Stage[] = [];
  const args = new Map<string, string>();
  for (const line of lines) {
    const [, name = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    if (name === '') throw new Error(`Not an instruction: ${line}`);
    if (name === 'ARG' && stages.length === 0) {
      const [key, value = ''] = rest.split('=');
      args.set(key!, value);
    } else if (name === 'FROM') {
      const [image, as] = rest.split(/\s+AS\s+/i);
      const filled = image!.replace(/\$\{(\w+)\}/g, (_all, key: string) => args.get(key) ?? '');
      stages.push({ image: filled, name: as, instructions: [] });
    } else stages.at(-1)!.instructions.push({ name, rest });
  }
  return stages;
}

/** `KEY=value KEY=value` of an ENV. */
export function readPairs(rest: string): Record<string, string> {
  return Object.fromEntries(
    rest
      .split(/\s+/)
      .filter(Boolean)
      .map((pair) => {
        const at = pair.indexOf('=');
        return [pair.slice(0, at), pair.slice(at + 1)];
      }),
  );
}

/** @returns whether `.dockerignore` keeps `path` out: the last pattern that fits decides */
export function createIgnore(text: string): (path: string) => boolean {
  const rules = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const isKept = line.startsWith('!');
      const pattern = (isKept ? line.slice(1) : line)
        .replace(/[.+^${}()|[\]\\]/g, '\\$&')
        .replace(/\*\*\//g, '<any>')
        .replace(/\*/g, '[^/]*')
        .replace(/<any>/g, '(?:.*/)?');
      return { isKept, fits: new RegExp(`^${pattern}(?:/.*)?$`) };
    });
  return (path) => {
    let ignored = false;
    for (const { isKept, fits } of rules) if (fits.test(path)) ignored = !isKept;
    return ignored;
  };
}
