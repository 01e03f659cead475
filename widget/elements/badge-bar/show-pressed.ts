/** How far a badge keeps from the edges of a bar that scrolls; px. */
const SIGHT = 32;

/** Scrolls a bar of badges so that the pressed one is in sight. */
export function showPressed(root: ParentNode): void {
  const bar = root.querySelector('.bar')!;
  const badge = bar.querySelector('[aria-pressed=true]');
  if (!badge) return;
  const [room, box] = [bar.getBoundingClientRect(), badge.getBoundingClientRect()];
  const before = Math.min(0, box.left - room.left - SIGHT);
  const after = Math.max(0, box.right - room.right + SIGHT);
  if (before || after) bar.scrollBy({ left: before || after });
}
