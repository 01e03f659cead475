import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
  }
  .images,
  .files {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .images > li,
  .files > li {
    min-inline-size: 0;
    max-inline-size: 100%;
  }
  button {
    padding: 0;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-control);
    background: var(--_ground);
    color: inherit;
    text-align: start;
    cursor: pointer;
  }
  .image {
    display: block;
    inline-size: 156px;
    max-inline-size: 100%;
    aspect-ratio: 4 / 3;
    overflow: hidden;
    cursor: zoom-in;
  }
  .single .image {
    inline-size: min(320px, 100%);
    aspect-ratio: 16 / 10;
  }
  .single > li {
    inline-size: min(320px, 100%);
  }
  .image img,
  .image .skeleton {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    border-radius: 0;
  }
  .image img {
    object-fit: cover;
    object-position: top;
    transition: opacity var(--_speed) ease-out;
  }
  .image:hover img {
    opacity: 0.9;
  }
  .file {
    display: flex;
    align-items: center;
    gap: 10px;
    max-inline-size: 100%;
    min-block-size: 44px;
    padding-block: 5px;
    padding-inline: 5px 12px;
    font-size: var(--_size-s);
    line-height: 1.35;
    transition: background-color var(--_speed) ease-out;
  }
  .file:hover {
    background: var(--_hover);
  }
  .picture {
    display: grid;
    place-items: center;
    inline-size: 34px;
    block-size: 34px;
    flex: none;
    border-radius: 4px;
    background: var(--_surface);
    color: var(--_muted);
  }
  .what {
    display: grid;
    min-inline-size: 0;
  }
  .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-weight: 500;
    max-inline-size: 280px;
    unicode-bidi: plaintext;
  }
  .file > svg,
  .file > .spinner {
    color: var(--_muted);
  }
`;
