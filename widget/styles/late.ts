import { css, type CSSResult } from 'lit';

// Sheets that elements adopt from the start, and whose rules come once the list is there.
export const lateBase = css``;
export const lateShell = css``;
export const lateList = css``;
export const lateBadges = css``;
/** For agents only. */
export const lateColumns = css``;

/** Puts rules into a sheet, for all who have adopted it. */
export function fill(sheet: CSSResult, rules: readonly CSSResult[]): void {
  sheet.styleSheet?.replaceSync(rules.map(({ cssText }) => cssText).join(''));
}
