import { setScriptAddress } from './api-url.ts';
import { registerElements } from './register.ts';

// The entry of the script-tag build: its own address tells where the server is. Before the elements are registered,
// since those in the page start at once then.
setScriptAddress(import.meta.url);
registerElements();
