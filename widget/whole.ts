import { setScriptAddress } from './api-url.ts';
import { registerElements } from './register.ts';

/**
 * All that the script-tag build defines.
 *
 * @param scriptAddress of the script: it tells where the server is
 */
export function begin(scriptAddress: string): void {
  // Before the elements are registered, since those in the page start at once then.
  setScriptAddress(scriptAddress);
  registerElements();
}
