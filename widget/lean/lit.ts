// What our modules import from `lit`, in fewer bytes.
export { css } from './css.ts';
export { LitElement } from './element.ts';
export { html, noChange, nothing, render, svg } from './html.ts';
