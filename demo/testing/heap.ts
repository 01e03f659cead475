import type { CDPSession } from 'playwright-core';

interface Snapshot {
  snapshot: { meta: { node_fields: string[]; edge_fields: string[]; edge_types: [string[]] } };
  /** Records of numbers, one after the other; an edge belongs to the node whose turn it is. */
  nodes: number[];
  edges: number[];
  strings: string[];
}

/** What the test itself has its hands on, and the form that the browser would fill in next. */
const NOT_OURS = /DevTools console|WebFormElementObserver/;

/**
 * Who holds a text with this in it, in all of the heap of a page after its garbage is collected.
 *
 * @returns a chain of names for each such text, from what holds it in the end down to itself
 */
export async function findInHeap(cdp: CDPSession, part: string): Promise<string[]> {
  const chunks: string[] = [];
  const onChunk = ({ chunk }: { chunk: string }): void => void chunks.push(chunk);
  cdp.on('HeapProfiler.addHeapSnapshotChunk', onChunk);
  await cdp.send('HeapProfiler.enable');
  await cdp.send('HeapProfiler.collectGarbage');
  await cdp.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await cdp.send('HeapProfiler.disable');
  cdp.off('HeapProfiler.addHeapSnapshotChunk', onChunk);
  return chainsTo(part, JSON.parse(chunks.join('')) as Snapshot);
}

function chainsTo(part: string, { snapshot, nodes, edges, strings }: Snapshot): string[] {
  const { node_fields, edge_fields, edge_types } = snapshot.meta;
  const [nameAt, countAt] = [node_fields.indexOf('name'), node_fields.indexOf('edge_count')];
  const [typeAt = 0, labelAt = 0, toAt = 0] = ['type', 'name_or_index', 'to_node'].map((field) =>
    edge_fields.indexOf(field),
  );
  const firstEdge = new Map<number, number>();
  for (let node = 0, edge = 0; node < nodes.length; node += node_fields.length) {
    firstEdge.set(node, edge);
    edge += nodes[node + countAt]! * edge_fields.length;
  }
  // By the shortest way from the roots; what cannot be reached from them is as good as gone.
  const reachedBy = new Map<number, { from: number; name: string } | null>([[0, null]]);
  for (const node of reachedBy.keys()) {
    const first = firstEdge.get(node)!;
    const end = first + nodes[node + countAt]! * edge_fields.length;
    for (let edge = first; edge < end; edge += edge_fields.length) {
      const to = edges[edge + toAt]!;
      const type = edge_types[0][edges[edge + typeAt]!];
      const label = edges[edge + labelAt]!;
      const name = type === 'element' || type === 'hidden' ? `${label}` : strings[label]!;
      if (type === 'weak' || NOT_OURS.test(name) || reachedBy.has(to)) continue;
      reachedBy.set(to, { from: node, name });
    }
  }
  const nameOf = (node: number): string => strings[nodes[node + nameAt]!]!;
  const chains: string[] = [];
  for (const node of reachedBy.keys()) {
    if (!nameOf(node).includes(part)) continue;
    const chain: string[] = [];
    for (let at = node, by = reachedBy.get(at); by; at = by.from, by = reachedBy.get(at)) {
      chain.unshift(`${by.name} → ${nameOf(at).slice(0, 40)}`);
    }
    chains.push(chain.join(' / '));
  }
  return chains;
}
