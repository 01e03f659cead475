import 'axe-core/axe.min.js';
import type { AxeResults } from 'axe-core';

/** What axe-core finds wrong in an element and the shadow roots below it: nothing, one hopes. */
export async function accessibilityFaults(element: Element): Promise<AxeResults['violations']> {
  const { axe } = window as unknown as { axe: { run(context: Element): Promise<AxeResults> } };
  return (await axe.run(element)).violations;
}
