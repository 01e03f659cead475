/** The event of the community's protocol, without what a consumer that stays subscribed would need. */
export class ContextEvent extends Event {
  readonly context: unknown;
  readonly contextTarget: Element;
  readonly callback: (value: unknown) => void;

  constructor(context: unknown, contextTarget: Element, callback: (value: unknown) => void) {
    super('context-request', { bubbles: true, composed: true });
    this.context = context;
    this.contextTarget = contextTarget;
    this.callback = callback;
  }
}

export const createContext = (key: unknown): unknown => key;
