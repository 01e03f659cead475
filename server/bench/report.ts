import { toLines, type Figure, type Goal, type Line, type Unit } from './figure.ts';

/** The figures as a table: a line each, a column for each size, the goal beside them. */
export function toTable(figures: readonly Figure[]): string {
  const lines = toLines(figures);
  const sizes = [...new Set(figures.map(({ tickets }) => tickets))]
    .filter((size) => size !== null)
    .sort((a, b) => a - b);
  const columns = sizes.length === 0 ? [null] : sizes;
  const width = Math.max(20, ...lines.map(({ name }) => name.length));
  const head = [
    ''.padEnd(width),
    ...columns.map((size) => (size === null ? '' : shortCount(size)).padStart(9)),
    'unit'.padEnd(9),
    'growth'.padStart(7),
    '  goal',
  ];
  const rows: string[] = [];
  let group = '';
  for (const line of lines) {
    if (line.group !== group) rows.push('', line.group.toUpperCase());
    group = line.group;
    rows.push(toRow(line, columns, width));
  }
  const missed = lines.filter(({ reached }) => reached === false);
  const asked = lines.filter(({ reached }) => reached !== null);
  return [
    head.join(' '),
    ...rows,
    '',
    `${asked.length - missed.length} of ${asked.length} goals reached.`,
    ...(missed.length > 0
      ? ['Short of it:', ...missed.map(({ group: of, name }) => `  ${of}: ${name}`)]
      : []),
  ].join('\n');
}

function toRow(line: Line, columns: ReadonlyArray<number | null>, width: number): string {
  const { bySize, unit, growth, goal, reached, notes } = line;
  const alone = bySize.get(null);
  const cells = columns.map((size, n) => {
    const value = alone === undefined ? bySize.get(size) : n === columns.length - 1 ? alone : undefined;
    return (value === undefined ? '' : toText(value, unit)).padStart(9);
  });
  const mark = reached === null ? '   ' : reached ? 'ok ' : 'NO ';
  return [
    line.name.padEnd(width),
    ...cells,
    unit.padEnd(9),
    (growth === null ? '' : `${growth.toFixed(2)} ×`).padStart(7),
    ` ${mark}${toGoalText(goal)}${notes.length > 0 ? `   ${notes.join('; ')}` : ''}`.trimEnd(),
  ].join(' ');
}

function toGoalText({ most, least, growth }: Goal): string {
  return [
    most === undefined ? '' : `≤ ${most.toLocaleString('en')}`,
    least === undefined ? '' : `≥ ${least.toLocaleString('en')}`,
    growth === undefined ? '' : `growth ≤ ${growth} ×`,
  ]
    .filter(Boolean)
    .join(', ');
}

function toText(value: number, unit: Unit): string {
  if (!Number.isFinite(value)) return '–';
  const whole = unit === 'bytes' || unit === 'steps' || unit === 'rows' || unit === 'nodes' || unit === '/s';
  if (whole || value >= 1000) return Math.round(value).toLocaleString('en');
  if (unit === '×') return value >= 100 ? value.toFixed(0) : value.toFixed(2);
  return Number.isInteger(value) ? String(value) : value.toFixed(value >= 100 ? 0 : 1);
}

function shortCount(n: number): string {
  if (n >= 1_000_000) return `${n / 1_000_000} M`;
  return n >= 1000 ? `${n / 1000} k` : String(n);
}
