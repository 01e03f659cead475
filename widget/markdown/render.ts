import { html, nothing, type TemplateResult } from 'lit';
import { parseMarkdown } from './parse.ts';
import type { Block, Inline } from './tree.ts';

/** What is offered beside a code block; null where the browser does not let pages copy. */
export interface CopyAction {
  icon: unknown;
  label: string;
  copy: (text: string) => void;
}

/** A message's text as Lit templates: whatever was written, no HTML comes of it. */
export function renderMarkdown(source: string, copy: CopyAction | null = null): TemplateResult[] {
  return parseMarkdown(source).map((block) => renderBlock(block, copy));
}

// `dir="auto"`: each block reads in the direction of its own text, whatever the language of the page.
function renderBlock(block: Block, copy: CopyAction | null): TemplateResult {
  switch (block.type) {
    case 'paragraph':
      return html`<p dir="auto">${block.children.map(renderInline)}</p>`;
    case 'quote':
      return html`<blockquote dir="auto">
        ${block.children.map((child) => renderBlock(child, copy))}
      </blockquote>`;
    case 'list': {
      const items = block.items.map(
        (item) => html`<li>${item.map((child) => renderBlock(child, copy))}</li>`,
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
        ${
          copy
            ? html`<button
                type="button"
                class="copy"
                aria-label=${copy.label}
                title=${copy.label}
                @click=${() => copy.copy(block.text)}
              >
                ${copy.icon}
              </button>`
            : nothing
        }
      </div>`;
  }
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
