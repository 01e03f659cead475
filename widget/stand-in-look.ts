/** As `launcher.open` in the catalog; the other languages are in `stand-in-labels.ts`. */
export const LABEL = 'Open support';

/**
 * As the real button, by the same public properties; without a template, since this is a script without Lit. The icon is
 * the outline of `icons.chat` at 22 px, cut out of a border: that has the color of the text, in forced colors too. The
 * ring of the focus is the browser's own, which is seen on any page.
 */
export const STYLES =
  ':host{all:unset;position:fixed;inset:env(safe-area-inset-top)env(safe-area-inset-right)' +
  'env(safe-area-inset-bottom)env(safe-area-inset-left);display:grid;' +
  'padding:var(--support-launcher-inset,20px);z-index:var(--support-launcher-z-index,2147483000);' +
  'pointer-events:none}' +
  'button{place-self:var(--support-launcher-place,end);position:relative;border:0;padding:15px;border-radius:50px;' +
  'background:var(--support-color-accent,light-dark(#3b5bdb,#91a7ff));' +
  'color:var(--support-color-on-accent,light-dark(#fff,#0f1220));pointer-events:auto;cursor:pointer}' +
  ':disabled{display:none}' +
  ':before{content:"";display:grid;border:11px solid;clip-path:path("M4 4h14q2 0 2 2v9q0 2-2 2h-6l-4 3' +
  'q-2 1-2-1v-2H4q-2 0-2-2V6q0-2 2-2v11h4v2l3-2h7V6H4")}' +
  ':after{content:attr(value);position:absolute;top:-3px;inset-inline-end:-3px;' +
  'min-width:10px;padding:0 5px;border-radius:50px;' +
  'background:var(--support-color-danger,light-dark(#c92a2a,#ff8787));' +
  'color:var(--support-color-on-danger,light-dark(#fff,#2b0b0b));font:600 12px/20px sans-serif}' +
  '[value=""]:after{display:none}';
