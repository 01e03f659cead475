/**
 * Which pairs of tokens that stand on each other are too close, as computed for this element, in the theme, scheme
 * and preferences in force: WCAG 2.2, 1.4.3 (text, 4.5) and 1.4.11 (borders and focus, 3).
 *
 * Uses nothing from around it, so that a test can send it into a page.
 *
 * @param colors what each token is, where its private name is not there any more: a build shortens it
 * @returns such as `muted on surface: 4.1 < 4.5`; nothing, one hopes
 */
export function contrastFaults(element: HTMLElement, colors: Record<string, string> = {}): string[] {
  const tones = ['open', 'progress', 'waiting', 'resolved', 'closed', 'danger', 'note', 'accent'];
  const text: Array<[front: string, ground: string]> = [
    ...['ground', 'surface', 'hover', 'accent-soft', 'note-soft'].map((on): [string, string] => ['text', on]),
    ...['ground', 'surface', 'hover', 'accent-soft'].map((on): [string, string] => ['muted', on]),
    ...tones.flatMap((tone): Array<[string, string]> => [
      [tone, 'ground'],
      [tone, `${tone}-soft`],
    ]),
    ['accent', 'surface'],
    ['accent', 'hover'],
    // Priorities in words, in a row under the pointer.
    ['waiting', 'hover'],
    ['danger', 'hover'],
    ['on-accent', 'accent'],
    ['on-accent', 'accent-hover'],
    ['on-danger', 'danger'],
  ];
  const shapes: Array<[front: string, ground: string]> = [
    ['border', 'ground'],
    ['border', 'surface'],
    ['note-line', 'ground'],
    ['note-line', 'note-soft'],
    ['accent', 'ground'],
    // The shapes of statuses and priorities, and dots of what is unread.
    ...tones.flatMap((tone) => ['surface', 'hover'].map((on): [string, string] => [tone, on])),
    ['muted', 'hover'],
  ];

  const probe = element.ownerDocument.createElement('span');
  element.shadowRoot!.append(probe);
  const canvas = element.ownerDocument.createElement('canvas');
  canvas.width = canvas.height = 1;
  const paint = canvas.getContext('2d', { willReadFrequently: true })!;
  const luminance = (...layers: string[]): number => {
    for (const token of layers) {
      probe.style.color = colors[token] ?? `var(--_${token})`;
      paint.fillStyle = getComputedStyle(probe).color;
      paint.fillRect(0, 0, 1, 1);
    }
    const linear = [...paint.getImageData(0, 0, 1, 1).data]
      .slice(0, 3)
      .map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!;
  };
  const faults = [
    { pairs: text, least: 4.5 },
    { pairs: shapes, least: 3 },
  ].flatMap(({ pairs, least }) =>
    pairs.flatMap(([front, ground]) => {
      const [one, other] = [luminance('ground', ground), luminance('ground', ground, front)];
      const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
      return ratio < least ? [`${front} on ${ground}: ${ratio.toFixed(2)} < ${least}`] : [];
    }),
  );
  probe.remove();
  return faults;
}
