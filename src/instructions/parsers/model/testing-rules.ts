/** What Google refuses of a request, in its own words where those are known. */
import type { IncomingMessage } from "node:http";

import { GOOGLE_KEYWORDS, isSchema, type JsonSchema, schemasIn } from "./google-schema.ts";

export interface GoogleError {
  readonly status: number;
  readonly body: unknown;
}

interface Known {
  readonly key: string;
  readonly model: string;
}

const FIELDS: Readonly<Record<string, ReadonlySet<string>>> = {
  request: new Set(["systemInstruction", "contents", "generationConfig", "safetySettings"]),
  generationConfig: new Set([
    "temperature",
    "maxOutputTokens",
    "candidateCount",
    "responseMimeType",
    "responseJsonSchema",
    "thinkingConfig",
  ]),
  thinkingConfig: new Set(["includeThoughts", "thinkingBudget"]),
};

const ROLES = new Set(["user", "model"]);

const error = (code: number, status: string, message: string): GoogleError => ({
  status: code,
  body: { error: { code, message, status, details: [] } },
});
const invalid = (message: string): GoogleError => error(400, "INVALID_ARGUMENT", message);
const unknownName = (name: string, place: string): GoogleError =>
  invalid(
    `Invalid JSON payload received. Unknown name "${name}" at '${place}': Cannot find field.`,
  );

export function refusalOf(
  { method, url, headers }: IncomingMessage,
  body: unknown,
  { key, model }: Known,
): GoogleError | undefined {
  const path = /^\/v1(?:beta)?\/models\/([\w.-]+):generateContent$/.exec(url ?? "");
  if (method !== "POST" || path === null) return error(404, "NOT_FOUND", `no such path: ${url}`);
  const given = headers["x-goog-api-key"];
  if (given === undefined)
    return error(403, "PERMISSION_DENIED", "Method doesn't allow unregistered callers");
  if (given !== key) return error(401, "UNAUTHENTICATED", `API key ${String(given)} is not valid`);
  if (path[1] !== model)
    return error(404, "NOT_FOUND", `models/${path[1]} is not found for API version v1beta`);
  return isSchema(body) ? refuseBody(body) : invalid("Invalid JSON payload received.");
}

function refuseBody(body: JsonSchema): GoogleError | undefined {
  const config = schemasIn(body["generationConfig"]);
  const schema = config["responseJsonSchema"];
  return (
    unknownFields("request", body) ??
    unknownFields("generationConfig", config) ??
    unknownFields("thinkingConfig", config["thinkingConfig"] ?? {}) ??
    refuseContents(body["contents"]) ??
    refuseBudget(config) ??
    (schema === undefined ? undefined : refuseSchema(schema, "schema", schema))
  );
}

function unknownFields(place: string, given: object): GoogleError | undefined {
  const name = Object.keys(given).find((field) => FIELDS[place]?.has(field) !== true);
  return name === undefined ? undefined : unknownName(name, place);
}

function refuseContents(contents: unknown): GoogleError | undefined {
  if (!Array.isArray(contents) || contents.length === 0)
    return invalid("contents is not specified");
  const isFine = (content: { role?: string; parts?: readonly { text?: string }[] }): boolean =>
    ROLES.has(content.role ?? "") &&
    content.parts !== undefined &&
    content.parts.every(({ text }) => typeof text === "string" && text !== "");
  return contents.every(isFine) ? undefined : invalid("Please use a valid role: user, model.");
}

function refuseBudget(config: Readonly<Record<string, unknown>>): GoogleError | undefined {
  const { thinkingBudget } = schemasIn(config["thinkingConfig"]);
  if (thinkingBudget === undefined) return undefined;
  const budget = Number(thinkingBudget);
  const isFine = budget === -1 || (budget >= 128 && budget <= 32_768);
  return isFine ? undefined : invalid(`The thinking budget ${budget} is invalid.`);
}

/** Keywords, types, references that stand alone and lead somewhere, and no cycle through what is required. */
function refuseSchema(
  schema: JsonSchema,
  place: string,
  root: JsonSchema,
): GoogleError | undefined {
  const name = Object.keys(schema).find((keyword) => !GOOGLE_KEYWORDS.has(keyword));
  if (name !== undefined) return unknownName(name, place);
  if ("oneOf" in schema) return invalid(`'oneOf' at '${place}' is not supported here.`);
  if ("type" in schema && typeof schema["type"] !== "string")
    return invalid(`Proto field is not repeating, cannot start list at '${place}.type'.`);
  if ("$ref" in schema) return refuseReference(schema, place, root);
  return (
    refuseCycle(schema, place, root) ??
    innerSchemas(schema)
      .map(([inner, node]) => refuseSchema(node, `${place}.${inner}`, root))
      .find((refused) => refused !== undefined)
  );
}

function innerSchemas(schema: JsonSchema): readonly (readonly [string, JsonSchema])[] {
  const { items, anyOf, properties, $defs } = schema;
  return [
    ...(isSchema(items) ? [["items", items] as const] : []),
    ...(Array.isArray(anyOf)
      ? anyOf.map((node, at) => [`any_of[${at}]`, node as JsonSchema] as const)
      : []),
    ...Object.entries(schemasIn(properties)),
    ...Object.entries(schemasIn($defs)),
  ];
}

const definitionOf = (schema: JsonSchema, root: JsonSchema): JsonSchema | undefined =>
  schemasIn(root["$defs"])[String(schema["$ref"]).replace("#/$defs/", "")];

function refuseReference(
  schema: JsonSchema,
  place: string,
  root: JsonSchema,
): GoogleError | undefined {
  if (Object.keys(schema).length > 1) return invalid(`'$ref' at '${place}' must stand alone.`);
  return definitionOf(schema, root) === undefined
    ? invalid(`'$ref' at '${place}' leads nowhere.`)
    : undefined;
}

/** A required property must not lead to what leads back to itself. */
function refuseCycle(schema: JsonSchema, place: string, root: JsonSchema): GoogleError | undefined {
  const required = (schema["required"] as readonly string[] | undefined) ?? [];
  const properties = schemasIn(schema["properties"]);
  const definitions = Object.values(schemasIn(root["$defs"]));
  const cyclic = definitions.filter((node) => comesTo(innerOf(node, root), node, root));
  const found = required.find((name) =>
    cyclic.some((node) => comesTo([properties[name] ?? {}], node, root)),
  );
  return found === undefined
    ? undefined
    : invalid(`Cyclic reference in the required property '${place}.${found}'.`);
}

function innerOf(node: JsonSchema, root: JsonSchema): readonly JsonSchema[] {
  if (!("$ref" in node)) return innerSchemas(node).map(([, inner]) => inner);
  const definition = definitionOf(node, root);
  return definition === undefined ? [] : [definition];
}

function comesTo(
  from: readonly JsonSchema[],
  to: JsonSchema,
  root: JsonSchema,
  seen = new Set<JsonSchema>(),
): boolean {
  return from.some((node) => {
    if (node === to) return true;
    if (seen.has(node)) return false;
    seen.add(node);
    return comesTo(innerOf(node, root), to, root, seen);
  });
}
