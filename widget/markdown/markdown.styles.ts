import { css } from 'lit';

/** For the element that `renderMarkdown` is rendered into, with the class `markdown`. */
export const markdownStyles = css`
  .markdown {
    --_measure: var(--support-measure, 72ch);
    --_mono: var(--support-font-mono, ui-monospace, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace);
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 10px;
    line-height: 1.55;
    overflow-wrap: anywhere;
  }
  .markdown > :not(.code) {
    max-inline-size: var(--_measure);
    /* At the side that its own text begins at. */
    justify-self: self-start;
  }
  .markdown p {
    white-space: pre-wrap;
    unicode-bidi: isolate;
  }
  .markdown a {
    unicode-bidi: isolate;
  }
  .markdown strong {
    font-weight: 600;
  }
  .markdown code {
    padding: 1px 5px;
    border-radius: 4px;
    background: color-mix(in srgb, var(--_text) 8%, transparent);
    font-family: var(--_mono);
    font-size: 0.92em;
    unicode-bidi: isolate;
    white-space: pre-wrap;
  }
  .code {
    position: relative;
    min-inline-size: 0;
  }
  .code pre {
    margin: 0;
    max-block-size: 420px;
    padding: 10px 12px;
    overflow: auto;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-control);
    background: var(--_ground);
    line-height: 1.5;
    text-align: start;
    tab-size: 4;
  }
  .code pre:focus-visible {
    outline-offset: -2px;
  }
  .code pre code {
    display: block;
    inline-size: max-content;
    min-inline-size: 100%;
    padding: 0;
    background: none;
    font-size: 0.9em;
    white-space: pre;
  }
  .copy {
    position: absolute;
    inset-block-start: 6px;
    inset-inline-end: 6px;
    display: grid;
    place-items: center;
    inline-size: 28px;
    block-size: 28px;
    padding: 0;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-control);
    background: var(--_ground);
    color: var(--_muted);
    cursor: pointer;
    opacity: 0;
    transition: opacity var(--_speed) ease-out;
  }
  .code:hover .copy,
  .code:focus-within .copy {
    opacity: 1;
  }
  .copy:hover {
    background: var(--_hover);
    color: var(--_text);
  }
  .markdown blockquote {
    display: grid;
    gap: 8px;
    margin: 0;
    padding-inline-start: 12px;
    border-inline-start: 3px solid var(--_border);
    color: var(--_muted);
  }
  .markdown .list {
    display: grid;
    gap: 4px;
    padding-inline-start: 22px;
  }
  .markdown ul.list {
    list-style: disc;
  }
  .markdown ul.list ul.list {
    list-style: circle;
  }
  .markdown ol.list {
    list-style: decimal;
  }
  .markdown li::marker {
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }
  .markdown li > :not(:first-child) {
    margin-block-start: 4px;
  }
  @media (hover: none) {
    .copy {
      opacity: 1;
    }
  }
`;
