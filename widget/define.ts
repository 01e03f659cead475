import { registerElements } from './register.ts';

/** Registers the elements on import: `support-center`. */
export * from './index.ts';

registerElements();
