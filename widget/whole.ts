// All that the script-tag build defines, by being imported.
import { setScriptAddress } from './api-url.ts';
import { registerElements } from './register.ts';

// It comes from where the script came from. Before the elements are registered: those in the page start at once then.
setScriptAddress(import.meta.url);
registerElements();
