import { registerElements } from './register.ts';

registerElements();
