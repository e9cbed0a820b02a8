/**
 * JSON Schema as Google takes it in `responseJsonSchema`: a few keywords, no `const`, no `oneOf`, no lists of types, and
 * a reference that leads back to itself only where it may be left out. What is lost here is looked at again when the
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

/** Said of everything that zod reads as an integer; it bounds nothing. */
const NO_BOUND = Number.MAX_SAFE_INTEGER;

const REF = "#/$defs/";

export const isSchema = (node: unknown): node is JsonSchema =>
  typeof node === "object" && node !== null && !Array.isArray(node);

export const schemasIn = (node: unknown): Readonly<Record<string, JsonSchema>> =>
  isSchema(node) ? (node as Readonly<Record<string, JsonSchema>>) : {};

/** @param schema with its definitions under `$defs` */
export function forGoogle({ $defs, ...root }: JsonSchema): JsonSchema {
  const definitions = mapValues(schemasIn($defs), narrow);
  const leadsTo = reachOf(definitions);
  return {
    ...narrow(root),
    $defs: Object.fromEntries(
      Object.entries(definitions).map(([name, node]) => [name, loosen(node, name, leadsTo)]),
    ),
  };
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
  if (keyword === "additionalProperties" || value === NO_BOUND) return [];
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

/** Takes what leads back to the definition out of `required`. */
function loosen(node: JsonSchema, name: string, leadsTo: Reach): JsonSchema {
  const inner = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inner);
    return isSchema(value) ? loosen(value, name, leadsTo) : value;
  };
  const loosened = Object.fromEntries(
    Object.entries(node).map(([keyword, value]) => [keyword, inner(value)]),
  );
  if (!Array.isArray(node["required"])) return loosened;
  const properties = schemasIn(node["properties"]);
  const required = (node["required"] as readonly string[]).filter(
    (property) => !leadsTo(properties[property]).has(name),
  );
  return { ...loosened, required: required.length === 0 ? undefined : required };
}
