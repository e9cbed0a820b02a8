import type { Look } from "#domain/conditions.ts";
import { Fault } from "#domain/fault.ts";
import { resolveText } from "#domain/variables.ts";

/**
 * A text with its variables resolved. Where one has neither a value nor a fallback nothing is done for
 * this entity: a raw variable is never sent, nor a gap where it stood. @throws Fault `missing_value`
 */
export function resolved(text: string, look: Look): string {
  const { text: result, missing } = resolveText(text, look);
  const [first] = missing;
  if (first === undefined) return result;
  throw new Fault("missing_value", `${missing.join(", ")} has no value here.`, {
    scope: "contact",
    happened: "no",
    suggestion: `Give it a fallback such as ${first}|there, or fill in the field.`,
  });
}
