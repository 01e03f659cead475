import { html, nothing, type TemplateResult } from 'lit';
import { parseMarkdown } from './parse.ts';
import type { Block, Inline } from './tree.ts';

/** A button beside a code block. */
export interface CodeAction {
  icon: unknown;
  label: string;
  run: () => void;
}
type ActionFor = (code: string) => CodeAction;

/** A message's text as Lit templates: whatever was written, no HTML comes of it. */
export function renderMarkdown(source: string, actionFor?: ActionFor): TemplateResult[] {
  return parseMarkdown(source).map((block) => renderBlock(block, actionFor));
}

// `dir="auto"`: each block reads in the direction of its own text, whatever the language of the page.
function renderBlock(block: Block, actionFor?: ActionFor): TemplateResult {
  switch (block.type) {
    case 'paragraph':
      return html`<p dir="auto">${block.children.map(renderInline)}</p>`;
    case 'quote':
      return html`<blockquote dir="auto">
        ${block.children.map((child) => renderBlock(child, actionFor))}
      </blockquote>`;
    case 'list': {
      const items = block.items.map(
        (item) => html`<li>${item.map((child) => renderBlock(child, actionFor))}</li>`,
      );
      return block.start === null
        ? html`<ul class="list" dir="auto">
            ${items}
          </ul>`
        : html`<ol class="list" dir="auto" start=${block.start}>
            ${items}
          </ol>`;
    }
    case 'code':
      // Reached by the keyboard, since it scrolls sideways.
      return html`<div class="code">
        <pre dir="ltr" tabindex="0"><code>${block.text}</code></pre>
        ${actionFor ? renderAction(actionFor(block.text)) : nothing}
      </div>`;
  }
}

function renderAction({ icon, label, run }: CodeAction): TemplateResult {
  return html`<button type="button" class="copy" aria-label=${label} title=${label} @click=${run}>
    ${icon}
  </button>`;
}

function renderInline(node: Inline): TemplateResult | string {
  switch (node.type) {
    case 'text':
      return node.text;
    case 'code':
      return html`<code dir="ltr">${node.text}</code>`;
    case 'strong':
      return html`<strong>${node.children.map(renderInline)}</strong>`;
    case 'emphasis':
      return html`<em>${node.children.map(renderInline)}</em>`;
    case 'link':
      return html`<a href=${node.href} target="_blank" rel="noopener noreferrer nofollow"
        >${node.children.map(renderInline)}</a
      >`;
  }
}
