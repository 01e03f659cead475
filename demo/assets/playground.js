// Tokens as controls: what is changed is set on the element at once, and told as CSS. By CSSOM, so that the page's
// policy needs no inline styles.
const preview = document.querySelector('#preview');
const form = document.querySelector('#tokens');
const root = document.documentElement;
/** `[{name, default, css}]`, read from the element's own style sheet by the server. */
const TOKENS = JSON.parse(document.querySelector('#token-list').textContent);
const GROUPS = { color: 'Colors', font: 'Type', '': 'Space, shape and motion' };
const EMPTY = 'support-center {\n  /* Nothing is changed. */\n}';
const STATES = ['open', 'progress', 'waiting', 'resolved', 'closed'];
/** What is read on what; text needs 4.5:1, borders of fields 3:1. */
const PAIRS = [
  ...['text', 'muted', 'accent', 'danger', 'note', ...STATES].map((front) => [front, 'ground', 4.5]),
  ...['accent', 'danger', 'note', ...STATES].map((front) => [front, `${front}-soft`, 4.5]),
  ['on-accent', 'accent', 4.5],
  ['on-accent', 'accent-hover', 4.5],
  ['on-danger', 'danger', 4.5],
  ['muted', 'surface', 4.5],
  ['muted', 'hover', 4.5],
  ['border', 'ground', 3],
];

/** What was changed here, over the theme; token to value. */
const changed = new Map();
const scheme = () => (root.dataset.scheme === 'dark' ? 'dark' : 'light');
const nameOf = (token) => {
  const words = token.replace('--support-', '').replace('color-', '').replaceAll('-', ' ');
  return words[0].toUpperCase() + words.slice(1);
};
const groupOf = (token) => Object.keys(GROUPS).find((key) => token.startsWith(`--support-${key}`));

/** The declarations of the theme in force, as its style sheet has them. */
function theme() {
  const sheet = [...document.styleSheets].find(({ href }) => href?.endsWith('/themes.css'));
  const selector = new RegExp(`^\\[data-theme=["']${root.dataset.theme}["']\\]`);
  const rule = [...(sheet?.cssRules ?? [])].find(({ selectorText }) => selector.test(selectorText ?? ''));
  const style = rule?.style ?? [];
  return new Map([...style].map((name) => [name, style.getPropertyValue(name).trim()]));
}

/** Stands inside the element, where the tokens hold, so that a color can be asked for that is made of others. */
const probe = Object.assign(document.createElement('span'), { hidden: true });
const paint = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', {
  willReadFrequently: true,
});

/** Red, green and blue of a color in one of the schemes. */
function channels(value, side) {
  if (!probe.isConnected) preview.shadowRoot.append(probe);
  probe.style.colorScheme = side;
  probe.style.color = value;
  paint.fillStyle = getComputedStyle(probe).color;
  paint.fillRect(0, 0, 1, 1);
  return [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3);
}

/** Both sides of a color. */
function sides(value) {
  const hex = (side) =>
    `#${channels(value, side)
      .map((channel) => channel.toString(16).padStart(2, '0'))
      .join('')}`;
  return { light: hex('light'), dark: hex('dark') };
}

/** What can hardly be read with these colors. */
function tooClose() {
  const color = (short) => {
    const token = TOKENS.find(({ name }) => name === `--support-color-${short}`);
    const [red, green, blue] = channels(valueOf(token), scheme())
      .map((channel) => channel / 255)
      .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4));
    return { name: nameOf(token.name), light: 0.2126 * red + 0.7152 * green + 0.0722 * blue };
  };
  return PAIRS.flatMap(([front, behind, least]) => {
    const [one, other] = [color(front), color(behind)];
    const ratio = (Math.max(one.light, other.light) + 0.05) / (Math.min(one.light, other.light) + 0.05);
    return ratio < least ? [`${one.name} on ${other.name}: ${ratio.toFixed(1)}, needs ${least}`] : [];
  });
}

const valueOf = ({ name, css }) => changed.get(name) ?? theme().get(name) ?? css;

function field(token) {
  const label = document.createElement('label');
  const input = document.createElement('input');
  input.name = token.name;
  label.append(nameOf(token.name), input);
  const isColor = groupOf(token.name) === 'color';
  input.type = isColor ? 'color' : 'text';
  input.spellcheck = false;
  input.addEventListener('input', () => {
    const value = isColor ? { ...sides(valueOf(token)), [scheme()]: input.value } : input.value.trim();
    if (isColor) changed.set(token.name, `light-dark(${value.light}, ${value.dark})`);
    else if (value === '') changed.delete(token.name);
    else changed.set(token.name, value);
    apply();
    fill();
  });
  return label;
}

/** The controls show what holds now, in the scheme in force. */
function fill() {
  for (const token of TOKENS) {
    const input = form.elements.namedItem(token.name);
    // What is being typed stays as it is; others may be made of it.
    if (input === document.activeElement) continue;
    const value = valueOf(token);
    if (input.type === 'color') input.value = sides(value)[scheme()];
    else input.value = value;
  }
  const faults = tooClose().map((text) => Object.assign(document.createElement('li'), { textContent: text }));
  document.querySelector('#faults').replaceChildren(...faults);
  document.querySelector('#contrast').hidden = faults.length === 0;
}

function apply() {
  for (const { name } of TOKENS) {
    if (changed.has(name)) preview.style.setProperty(name, changed.get(name));
    else preview.style.removeProperty(name);
  }
  const all = new Map([...theme(), ...changed]);
  const lines = [...all].map(([name, value]) => `  ${name}: ${value};`);
  document.querySelector('#css').textContent =
    lines.length > 0 ? `support-center {\n${lines.join('\n')}\n}` : EMPTY;
}

function choose(name) {
  root.dataset.theme = name;
  document.cookie = `acme_theme=${name}; path=/; max-age=31536000; samesite=lax`;
  changed.clear();
  markTheme();
  apply();
  fill();
}

function markTheme() {
  for (const button of document.querySelectorAll('[data-theme-name]')) {
    button.setAttribute('aria-pressed', String(button.dataset.themeName === root.dataset.theme));
  }
}

for (const [key, title] of Object.entries(GROUPS)) {
  const group = document.createElement('fieldset');
  const legend = Object.assign(document.createElement('legend'), { textContent: title });
  group.append(legend, ...TOKENS.filter(({ name }) => groupOf(name) === key).map(field));
  group.className = key === 'color' ? 'colors' : 'values';
  form.append(group);
}
for (const button of document.querySelectorAll('[data-theme-name]')) {
  button.addEventListener('click', () => choose(button.dataset.themeName));
}
form.addEventListener('submit', (event) => event.preventDefault());
document.querySelector('#reset').addEventListener('click', () => choose(root.dataset.theme));
document.querySelector('#copy').addEventListener('click', async () => {
  const css = document.querySelector('#css');
  const status = document.querySelector('#copied');
  status.textContent = '';
  try {
    await navigator.clipboard.writeText(`${css.textContent}\n`);
    status.textContent = 'Copied.';
  } catch {
    // No permission, or no secure page: then it is selected, for Ctrl+C.
    getSelection().selectAllChildren(css);
    status.textContent = 'Press Ctrl+C to copy what is selected.';
  }
});
// The other side of each color is shown when the scheme is switched.
new MutationObserver(fill).observe(root, { attributes: true, attributeFilter: ['data-scheme'] });
markTheme();
await customElements.whenDefined('support-center');
apply();
fill();
