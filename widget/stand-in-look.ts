/** As `launcher.open` in the catalogs; a test holds them together. */
export const LABELS: Record<string, string> = {
  en: 'Open support',
  de: 'Support öffnen',
  fr: 'Ouvrir l’assistance',
  es: 'Abrir el soporte',
  pt: 'Abrir o suporte',
  ja: 'サポートを開く',
  ar: 'فتح الدعم',
};

/**
 * As the real button, by the same public properties; without a template, since this is a script without Lit. The icon is
 * the outline of `icons.chat` at 22 px, cut out of a border: that has the color of the text, in forced colors too.
 */
export const STYLES =
  ':host{all:unset;position:fixed;inset:env(safe-area-inset-top)env(safe-area-inset-right)' +
  'env(safe-area-inset-bottom)env(safe-area-inset-left);display:grid;' +
  'padding:var(--support-launcher-inset,20px);z-index:var(--support-launcher-z-index,2147483000);' +
  'pointer-events:none}' +
  'button{all:unset;position:relative;display:grid;place-items:center;' +
  'place-self:var(--support-launcher-place,end);inline-size:52px;block-size:52px;border-radius:50%;' +
  'background:var(--support-color-accent,light-dark(#3b5bdb,#91a7ff));' +
  'color:var(--support-color-on-accent,light-dark(#fff,#0f1220));pointer-events:auto;cursor:pointer}' +
  ':focus-visible{outline:2px solid;outline-offset:2px}' +
  ':before{content:"";border:11px solid;clip-path:path("M4 3.7h14a2.4 2.4 0 0 1 2.4 2.4v8.4' +
  'a2.4 2.4 0 0 1-2.4 2.4h-6.6l-4 3.2a1 1 0 0 1-1.6-.8v-2.4H4a2.4 2.4 0 0 1-2.4-2.4V6.1' +
  'a2.4 2.4 0 0 1 2.4-2.4zM3.8 5.9v8.8H8v2.2l2.6-2.2h7.6V5.9z")}' +
  'button:not([value=""]):after{content:attr(value);position:absolute;inset-block-start:-3px;' +
  'inset-inline-end:-3px;min-inline-size:10px;padding:0 5px;border-radius:50px;' +
  'background:var(--support-color-danger,light-dark(#c92a2a,#ff8787));' +
  'color:var(--support-color-on-danger,light-dark(#fff,#2b0b0b));' +
  'font:600 12px/20px sans-serif;text-align:center}';
