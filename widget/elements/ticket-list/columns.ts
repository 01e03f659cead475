import type { AgentColumns } from './agent-columns.ts';

let columns: AgentColumns | null = null;

/** null until their code is here, which comes for agents only. */
export function columnsOfAgents(): AgentColumns | null {
  return columns;
}

export function setAgentColumns(loaded: AgentColumns): void {
  columns = loaded;
}
