/** Names in the session storage begin so. */
export function draftPrefix(user: string): string {
  return `support-center:draft:${encodeURIComponent(user)}:`;
}

/** Drops every stored draft of this user: also of an earlier page, when drafts were not used in this one. */
export function clearDrafts(user: string): void {
  try {
    const prefix = draftPrefix(user);
    for (const name of Object.keys(sessionStorage))
      if (name.startsWith(prefix)) sessionStorage.removeItem(name);
  } catch {
    // A page that is denied storage has no drafts in it.
  }
}
