import type { Text } from './text.ts';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** "1.4 MB", "100 bytes"; units are of 1024, as file managers and the limits of the contract count. */
export function bytes(text: Text, size: number): string {
  const step = size < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(size) / 10));
  return new Intl.NumberFormat(text.locale, {
    style: 'unit',
    unit: UNITS[step],
    // Short bytes have no plural: "100 byte".
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step > 1 ? 1 : 0,
  }).format(size / 1024 ** step);
}
