import type { z } from "zod";

/** How deep what comes from outside may be nested: far beyond any use, far below what the stack holds. */
const DEEPEST = 64;

export function isTooDeep(json: unknown): boolean {
  return isDeeper(json, DEEPEST);
}

function isDeeper(json: unknown, depth: number): boolean {
  if (typeof json !== "object" || json === null) return false;
  return depth === 0 || Object.values(json).some((inner) => isDeeper(inner, depth - 1));
}

/** Stands before a schema that refers to itself. */
export function refuseDeep(json: unknown, context: z.RefinementCtx): unknown {
  if (!isTooDeep(json)) return json;
  context.addIssue({ code: "custom", message: "is nested too deeply: flatten it" });
  return undefined;
}
