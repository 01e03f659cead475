/** Embeddings, overrides and isolates: they make text read in another order than it is stored. */
const CONTROLS = /[\u202a-\u202e\u2066-\u2069]/;
const ALL_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;
/** Isolates are what phones put around names and numbers; the older ones are only good for tricks. */
const EMBEDDINGS = /[\u202a-\u202e]/g;

export function holdsBidiControl(text: string): boolean {
  return CONTROLS.test(text);
}

/** For prose: blocks are isolated, so an isolate cannot reach beyond its own. */
export function dropEmbeddings(text: string): string {
  return text.replace(EMBEDDINGS, '');
}

/** For code, where the order is the meaning. */
export function showBidiControls(text: string): string {
  return text.replace(ALL_CONTROLS, '\ufffd');
}
