/** What a figure has to reach. */
export interface Goal {
  /** At most so much. */
  most?: number;
  /** At least so much. */
  least?: number;
  /** At most so many times from the smallest database to the largest. */
  growth?: number;
}

/** How a value is written: `×` is a ratio to something measured in the same run. `µs` and `ms` are for orientation. */
export type Unit =
  | 'steps'
  | 'pages'
  | 'rows'
  | 'sorts'
  | 'bytes'
  | 'KiB'
  | 'MiB'
  | '×'
  | 'requests'
  | 'nodes'
  | 'µs'
  | 'ms'
  | '/s';

export interface Figure {
  group: string;
  name: string;
  unit: Unit;
  value: number;
  /** How many the database had; null where it makes no difference. */
  tickets: number | null;
  goal?: Goal;
  /** What stands beside it, such as which of many was the worst. */
  note?: string;
}

/** One line of the table: the same figure at each size. */
export interface Line {
  group: string;
  name: string;
  unit: Unit;
  goal: Goal;
  bySize: Map<number | null, number>;
  /** Of each size with a goal: whether it was reached there. */
  verdicts: boolean[];
  /** From the smallest database to the largest; null where there is only one. */
  growth: number | null;
  /** null: nothing is asked of it. */
  reached: boolean | null;
  notes: string[];
}

/** Gathers the figures by name, and judges each against its goal at every size. */
export function toLines(figures: readonly Figure[]): Line[] {
  const lines = new Map<string, Line>();
  for (const { group, name, unit, value, tickets, goal, note } of figures) {
    const key = `${group}|${name}|${unit}`;
    const line: Line = lines.get(key) ?? {
      group,
      name,
      unit,
      goal: {},
      bySize: new Map(),
      verdicts: [],
      growth: null,
      reached: null,
      notes: [],
    };
    Object.assign(line.goal, goal);
    line.bySize.set(tickets, value);
    if (goal?.most !== undefined) line.verdicts.push(value <= goal.most);
    if (goal?.least !== undefined) line.verdicts.push(value >= goal.least);
    if (note && !line.notes.includes(note)) line.notes.push(note);
    lines.set(key, line);
  }
  return [...lines.values()].map(judge);
}

function judge(line: Line): Line {
  const sizes = [...line.bySize.keys()].filter((size) => size !== null).sort((a, b) => a - b);
  const [first, last] = [line.bySize.get(sizes[0] ?? 0), line.bySize.get(sizes.at(-1) ?? 0)];
  const growth =
    sizes.length > 1 && first !== undefined && last !== undefined && first > 0 ? last / first : null;
  const asked = [...line.verdicts];
  if (line.goal.growth !== undefined && growth !== null) asked.push(growth <= line.goal.growth);
  return { ...line, growth, reached: asked.length === 0 ? null : asked.every(Boolean) };
}
