/**
 * JSON Schema as Google takes it in `responseJsonSchema`: a few keywords, no `const`, no `oneOf`, no lists of types, and
 * what refers to itself only where it may be left out. What is lost here is looked at again when the
 * answer is read.
 */

export type JsonSchema = { readonly [keyword: string]: unknown };

/** https://ai.google.dev/api/generate-content: what `responseJsonSchema` may hold. */
export const GOOGLE_KEYWORDS: ReadonlySet<string> = new Set([
  "$id",
  "$defs",
  "$ref",
  "$anchor",
  "type",
  "format",
  "title",
  "description",
  "enum",
  "items",
  "prefixItems",
  "minItems",
  "maxItems",
  "minimum",
  "maximum",
  "anyOf",
  "oneOf",
  "properties",
  "additionalProperties",
  "required",
  "propertyOrdering",
]);

/** Taken, and left out: bounds make a schema costly to keep to, and are looked at again anyway. */
const BOUNDS: ReadonlySet<string> = new Set(["minItems", "maxItems", "minimum", "maximum"]);

const REF = "#/$defs/";

export const isSchema = (node: unknown): node is JsonSchema =>
  typeof node === "object" && node !== null && !Array.isArray(node);

export const schemasIn = (node: unknown): Readonly<Record<string, JsonSchema>> =>
  isSchema(node) ? (node as Readonly<Record<string, JsonSchema>>) : {};

/** @param schema with its definitions under `$defs` */
export function forGoogle({ $defs, ...root }: JsonSchema): JsonSchema {
  const definitions = mapValues(schemasIn($defs), narrow);
  const leadsTo = reachOf(definitions);
  const cyclic = Object.keys(definitions).filter((name) => leadsTo(definitions[name]).has(name));
  const leadsToCycle = (node: unknown): boolean => cyclic.some((name) => leadsTo(node).has(name));
  return loosen({ ...narrow(root), $defs: definitions }, leadsToCycle);
}

const mapValues = (
  schemas: Readonly<Record<string, JsonSchema>>,
  map: (schema: JsonSchema) => JsonSchema,
): Record<string, JsonSchema> =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, map(schema)]));

function narrow(schema: JsonSchema): JsonSchema {
  if (Array.isArray(schema["type"])) {
    return { anyOf: (schema["type"] as readonly string[]).map((type) => ({ type })) };
  }
  const kept = Object.entries(schema).flatMap(([keyword, value]) => narrowKeyword(keyword, value));
  return Object.fromEntries(kept);
}

function narrowKeyword(keyword: string, value: unknown): readonly (readonly [string, unknown])[] {
  if (keyword === "const") return [["enum", [value]]];
  if (keyword === "oneOf" || keyword === "anyOf")
    return [["anyOf", (value as readonly JsonSchema[]).map(narrow)]];
  if (keyword === "items") return [["items", narrow(value as JsonSchema)]];
  if (keyword === "properties") return [["properties", mapValues(schemasIn(value), narrow)]];
  if (keyword === "additionalProperties" || BOUNDS.has(keyword)) return [];
  return GOOGLE_KEYWORDS.has(keyword) ? [[keyword, value]] : [];
}

/** The definitions that a node leads to, itself and what those lead to. */
type Reach = (node: unknown) => ReadonlySet<string>;

function reachOf(definitions: Readonly<Record<string, JsonSchema>>): Reach {
  const collect = (node: unknown, into: Set<string>): Set<string> => {
    if (typeof node !== "object" || node === null) return into;
    const { $ref } = node as { readonly $ref?: unknown };
    if (typeof $ref === "string") {
      const name = $ref.slice(REF.length);
      if (into.has(name)) return into;
      into.add(name);
      return collect(definitions[name], into);
    }
    for (const inner of Object.values(node)) collect(inner, into);
    return into;
  };
  return (node) => collect(node, new Set());
}

/** Takes what leads to a definition that leads back to itself out of `required`: only there Google lets it be. */
function loosen(node: JsonSchema, leadsToCycle: (node: unknown) => boolean): JsonSchema {
  const inner = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inner);
    return isSchema(value) ? loosen(value, leadsToCycle) : value;
  };
  const loosened = Object.fromEntries(
    Object.entries(node).map(([keyword, value]) => [keyword, inner(value)]),
  );
  if (!Array.isArray(node["required"])) return loosened;
  const properties = schemasIn(node["properties"]);
  const required = (node["required"] as readonly string[]).filter(
    (property) => !leadsToCycle(properties[property]),
  );
  const { required: _all, ...rest } = loosened;
  return required.length === 0 ? rest : { ...rest, required };
}
