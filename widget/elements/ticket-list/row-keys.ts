/** The row that a key leads to from another; null for keys that mean nothing here. */
export function rowFor(key: string, from: Element, rows: Element): Element | null {
  switch (key) {
    case 'ArrowDown':
      return from.nextElementSibling ?? from;
    case 'ArrowUp':
      return from.previousElementSibling ?? from;
    case 'Home':
      return rows.firstElementChild;
    case 'End':
      return rows.lastElementChild;
    default:
      return null;
  }
}
