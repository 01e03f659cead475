// Tokens as controls: what is changed is set on the element at once, and told as CSS. By CSSOM, so that the page's
// policy needs no inline styles.
const preview = document.querySelector('#preview');
const form = document.querySelector('#tokens');
const root = document.documentElement;
/** `[{name, default}]`, read from the element's own style sheet by the server. */
const TOKENS = JSON.parse(document.querySelector('#token-list').textContent);
const GROUPS = { color: 'Colors', font: 'Type', '': 'Space, shape and motion' };
const EMPTY = 'support-center {\n  /* Nothing is changed. */\n}';

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

/** Both sides of a color; a default is told as `#light / #dark`. */
function sides(value) {
  const pair = /^light-dark\((.+),\s*(.+)\)$/.exec(value) ?? /^(#\w+) \/ (#\w+)$/.exec(value);
  return pair ? { light: pair[1].trim(), dark: pair[2].trim() } : { light: value, dark: value };
}

const valueOf = ({ name, default: initial }) => changed.get(name) ?? theme().get(name) ?? initial;

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
  });
  return label;
}

/** The controls show what holds now, in the scheme in force. */
function fill() {
  for (const token of TOKENS) {
    const input = form.elements.namedItem(token.name);
    const value = valueOf(token);
    if (input.type === 'color') input.value = sides(value)[scheme()];
    else input.value = value;
  }
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
  fill();
  apply();
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
fill();
apply();
