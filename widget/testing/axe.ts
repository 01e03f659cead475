import 'axe-core/axe.min.js';
import type { AxeResults, RunOptions } from 'axe-core';

/**
 * What axe-core finds wrong in an element and the shadow roots below it: nothing, one hopes. Its rules for WCAG 2.2
 * AA, also the size of targets, which it leaves out by default.
 */
export async function accessibilityFaults(element: Element): Promise<AxeResults['violations']> {
  const { axe } = window as unknown as {
    axe: { run(context: Element, options: RunOptions): Promise<AxeResults> };
  };
  return (await axe.run(element, { rules: { 'target-size': { enabled: true } } })).violations;
}

/** The same, as lines to read: `target-size: button.icon`. */
export async function faultLines(element: Element): Promise<string[]> {
  const violations = await accessibilityFaults(element);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${String(target)} ${failureSummary ?? ''}`),
  );
}
