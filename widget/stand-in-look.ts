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

/** As the real button, by the same public properties; without a template, since this is a script without Lit. */
const STYLES =
  ':host{all:unset;position:fixed;inset:0;z-index:var(--support-launcher-z-index,2147483000);display:grid;' +
  '--i:var(--support-launcher-inset,20px);padding:calc(var(--i) + env(safe-area-inset-top,0px))' +
  ' calc(var(--i) + env(safe-area-inset-right,0px)) calc(var(--i) + env(safe-area-inset-bottom,0px))' +
  ' calc(var(--i) + env(safe-area-inset-left,0px));pointer-events:none}' +
  ':host([hidden]){display:none}' +
  'button{all:unset;place-self:var(--support-launcher-place,end);position:relative;pointer-events:auto;' +
  'display:grid;place-items:center;inline-size:52px;block-size:52px;border-radius:50%;cursor:pointer;' +
  'background:var(--support-color-accent,light-dark(#3b5bdb,#91a7ff));' +
  'color:var(--support-color-on-accent,light-dark(#fff,#0f1220))}' +
  'button:focus-visible{outline:2px solid;outline-offset:2px}' +
  'svg{inline-size:22px;fill:none;stroke:currentColor;stroke-width:1.6}' +
  'span{position:absolute;inset-block-start:-3px;inset-inline-end:-3px;min-inline-size:10px;padding:0 5px;' +
  'border-radius:50px;background:var(--support-color-danger,#c92a2a);color:var(--support-color-on-danger,#fff);' +
  'font:600 12px/20px sans-serif;text-align:center}' +
  'span:empty{display:none}';

const CHAT = 'M3 3.5h10a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1H8l-3 2.5v-2.5H3a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1z';
const SVG = 'http://www.w3.org/2000/svg';

/**
 * The button of a launcher, in a box with a shadow root of its own: that of `<support-center>` is for the real one.
 *
 * @returns the box, and what tells the button of another number of unread tickets
 */
export function drawButton(launcher: HTMLElement): [box: HTMLElement, tell: (unread: number) => void] {
  const box = document.createElement('div');
  box.setAttribute('exportparts', 'launcher');
  box.style.colorScheme = launcher.getAttribute('theme') ?? '';
  const root = box.attachShadow({ mode: 'open', delegatesFocus: true });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLES);
  root.adoptedStyleSheets = [sheet];
  const button = document.createElement('button');
  const count = document.createElement('span');
  const path = document.createElementNS(SVG, 'path');
  const svg = document.createElementNS(SVG, 'svg');
  button.part.add('launcher');
  button.ariaHasPopup = 'dialog';
  button.ariaExpanded = 'false';
  path.setAttribute('d', CHAT);
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.append(path);
  button.append(svg, count);
  root.append(button);
  const language = launcher.getAttribute('locale') ?? launcher.closest<HTMLElement>('[lang]')?.lang ?? 'en';
  const label = LABELS[language.slice(0, 2)] ?? LABELS['en']!;
  const tell = (unread: number): void => {
    button.ariaLabel = unread ? `${label} (${unread})` : label;
    count.textContent = unread > 99 ? '99+' : `${unread || ''}`;
  };
  tell(0);
  return [box, tell];
}
