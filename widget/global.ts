import { setScriptAddress } from './api-url.ts';
import { registerElements } from './register.ts';

// The entry of `support-center.global.js`, for pages that cannot load modules: everything in one classic script. Its
// `data-` attributes become those of a `<support-center>` that it makes, unless it has none.
const script = document.currentScript as HTMLScriptElement | null;
if (script?.src) setScriptAddress(script.src);
registerElements();

/** Where the element goes: into what `data-target` selects, else right after the script. */
function place(options: DOMStringMap, after: HTMLScriptElement): void {
  const { target, ...rest } = options;
  const element = document.createElement('support-center');
  for (const [name, value] of Object.entries(rest)) {
    element.setAttribute(
      name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      value ?? '',
    );
  }
  const room = target ? document.querySelector(target) : null;
  if (room) room.append(element);
  else if (after.parentNode === document.head) document.body.append(element);
  else after.after(element);
}

if (script && Object.keys(script.dataset).length > 0) {
  const put = (): void => place(script.dataset, script);
  // What it names may stand further down.
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', put, { once: true });
  else put();
}
