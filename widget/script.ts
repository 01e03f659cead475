// The entry of the script-tag build. A page with launchers gets a stand-in for the button, without Lit, until it is used.
// Awaited: whoever imports this finds the elements defined, unless there is nothing but a launcher. Once for all scripts of
// ours in a page, of whatever version: the first is the one that counts.
await ((customElements as { 'support-center'?: Promise<unknown> })['support-center'] ??= import(
  document.querySelector('support-center[layout=launcher]') ? './stand-in.ts' : './whole.ts'
));
