import yaml from 'prettier/plugins/yaml';

/** What we use of the tree that prettier's parser makes. */
interface Node {
  type: string;
  value?: string;
  anchor?: { value: string } | null;
  children: Array<Node | null>;
}

type Value = string | number | boolean | null | Value[] | { [key: string]: Value };

/** The documents of a YAML file, anchors and merged keys put in place. Read by the parser that formats it. */
export async function readYaml(text: string): Promise<Value[]> {
  const parser = yaml.parsers.yaml as unknown as {
    parse(text: string, options: object): Promise<Node> | Node;
  };
  const root = await parser.parse(text, {});
  return root.children.map((document) => {
    const body = document!.children.find((child) => child?.type === 'documentBody');
    return toValue(body!.children[0] ?? null, new Map());
  });
}

function toValue(node: Node | null, anchors: Map<string, Value>): Value {
  if (node === null) return null;
  const value = read(node, anchors);
  if (node.anchor) anchors.set(node.anchor.value, value);
  return value;
}

function read(node: Node, anchors: Map<string, Value>): Value {
  switch (node.type) {
    case 'mapping':
    case 'flowMapping':
      return readMapping(node, anchors);
    case 'sequence':
    case 'flowSequence':
      return node.children.map((item) =>
        toValue(item?.type.endsWith('Item') ? item.children[0]! : item!, anchors),
      );
    case 'alias': {
      const value = anchors.get(node.value!);
      if (value === undefined) throw new Error(`There is no anchor "${node.value}".`);
      return value;
    }
    case 'plain':
      return readPlain(node.value!);
    case 'quoteDouble':
    case 'quoteSingle':
    case 'blockLiteral':
    case 'blockFolded':
      return node.value!;
    case 'null':
      return null;
    default:
      throw new Error(`Not understood: ${node.type}.`);
  }
}

function readMapping(node: Node, anchors: Map<string, Value>): Value {
  const own: Record<string, Value> = {};
  let merged: Record<string, Value> = {};
  for (const item of node.children) {
    const [keyNode, valueNode] = item!.children;
    const key = keyNode!.children[0]!.value!;
    const value = toValue(valueNode?.children[0] ?? null, anchors);
    if (Object.hasOwn(own, key)) throw new Error(`"${key}" stands twice.`);
    if (key === '<<') merged = { ...merged, ...(value as Record<string, Value>) };
    else own[key] = value;
  }
  return { ...merged, ...own };
}

/** YAML 1.2, core schema, as far as these files go. */
function readPlain(text: string): Value {
  if (/^(?:null|~|)$/.test(text)) return null;
  if (/^(?:true|false)$/.test(text)) return text === 'true';
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}
