/** A hash for a link: in a page with a `<base>` it alone would lead there. */
export function hashHref(hash: string): string {
  return document.querySelector('base[href]') ? location.href.replace(/#.*/, '') + hash : hash;
}
