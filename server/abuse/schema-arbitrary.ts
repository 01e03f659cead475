import fc from 'fast-check';
import { EVERY_STRING } from './corpora.ts';

/** As much of JSON Schema as our own OpenAPI document uses. */
export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  propertyNames?: JsonSchema;
  additionalProperties?: boolean | JsonSchema;
  required?: string[];
  items?: JsonSchema;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  format?: string;
}

export type Schemas = Record<string, JsonSchema>;

const anyText = fc.oneof(
  fc.constantFrom(...EVERY_STRING),
  fc.string({ unit: 'binary' }),
  fc.lorem({ maxCount: 8 }),
);
const wrong = fc.oneof(
  fc.constantFrom<unknown>(null, true, -1, 0.5, 1e21, '', [], {}, [[[[]]]], {
    __proto__: null,
    a: { b: {} },
  }),
  anyText,
  fc.jsonValue({ maxDepth: 4 }),
);

/** Values that the schema describes, and one in twenty-five that it does not. */
export function like(schema: JsonSchema, schemas: Schemas): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 24, arbitrary: valid(schema, schemas) }, { weight: 1, arbitrary: wrong });
}

function valid(schema: JsonSchema, schemas: Schemas): fc.Arbitrary<unknown> {
  if (schema.$ref) return valid(schemas[schema.$ref.split('/').at(-1)!] ?? {}, schemas);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if ('const' in schema) return fc.constant(schema.const);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((one) => valid(one, schemas)));
  if (schema.allOf) return valid(Object.assign({}, ...schema.allOf) as JsonSchema, schemas);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case 'string':
      return text(schema);
    case 'integer':
    case 'number':
      return fc.integer({ min: clamp(schema.minimum, -5), max: clamp(schema.maximum, 5000) });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(like(schema.items ?? {}, schemas), {
        maxLength: Math.min(6, (schema.maxItems ?? 5) + 1),
      });
    case 'object':
      return object(schema, schemas);
    default:
      return wrong;
  }
}

function object(schema: JsonSchema, schemas: Schemas): fc.Arbitrary<unknown> {
  const properties = Object.entries(schema.properties ?? {}).map(
    ([name, one]) => [name, like(one, schemas)] as const,
  );
  if (properties.length === 0)
    return fc.dictionary(
      valid(schema.propertyNames ?? { type: 'string' }, schemas) as fc.Arbitrary<string>,
      like(typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {}, schemas),
      { maxKeys: 4 },
    );
  const known = fc.record(Object.fromEntries(properties), {
    requiredKeys: (schema.required ?? []) as never[],
  });
  // One object in twelve has a field too many, or one too few.
  const more = fc
    .tuple(known, fc.constantFrom('role', '__proto__', 'id', 'constructor'), wrong)
    .map(([value, name, extra]) =>
      Object.defineProperty({ ...(value as object) }, name, { value: extra, enumerable: true }),
    );
  const fewer = fc.tuple(known, fc.nat()).map(([value, at]) => {
    const entries = Object.entries(value as object);
    return Object.fromEntries(entries.filter((_entry, index) => index !== at % Math.max(1, entries.length)));
  });
  return fc.oneof(
    { weight: 10, arbitrary: known },
    { weight: 1, arbitrary: more },
    { weight: 1, arbitrary: fewer },
  );
}

function text({ minLength = 0, maxLength, format }: JsonSchema): fc.Arbitrary<string> {
  if (format === 'email') return fc.oneof(fc.emailAddress(), anyText);
  if (format === 'uri') return fc.oneof(fc.webUrl(), anyText);
  const words = fc.lorem({ maxCount: 12 });
  if (maxLength === undefined) return fc.oneof(words, anyText);
  const edge = fc
    .constantFrom(minLength, maxLength, maxLength + 1)
    .map((length) => 'x'.repeat(Math.min(length, 60_000)));
  return fc.oneof({ weight: 8, arbitrary: fc.oneof(words, anyText) }, { weight: 1, arbitrary: edge });
}

function clamp(value: number | undefined, fallback: number): number {
  return value === undefined || Math.abs(value) > 1e9 ? fallback : value;
}
