// The host's own script: navigation mark, scheme, account switch. Nothing of it is needed by the element.
const page = document.querySelector('main').dataset.page;
const link = document.querySelector(`nav [data-page="${page}"]`);
link?.setAttribute('aria-current', 'page');
// On a phone the navigation scrolls sideways.
link?.scrollIntoView({ block: 'nearest', inline: 'center' });

const scheme = document.querySelector('#scheme');
const isDark = () => document.documentElement.dataset.scheme === 'dark';
scheme.setAttribute('aria-pressed', String(isDark()));
scheme.addEventListener('click', () => {
  const next = isDark() ? 'light' : 'dark';
  document.documentElement.dataset.scheme = next;
  scheme.setAttribute('aria-pressed', String(next === 'dark'));
  document.cookie = `acme_scheme=${next}; path=/; max-age=31536000; samesite=lax`;
});

const person = document.querySelector('#person');
person.addEventListener('change', () => {
  // What a host does on sign-out: nothing of the earlier user stays in the page.
  document.querySelector('support-center')?.logout?.();
  person.form.requestSubmit();
});
