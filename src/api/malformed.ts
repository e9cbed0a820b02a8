import { Fault } from "#domain/fault.ts";

/** Reads a JSON body. @throws Fault `bad_request` that says where the text stops being JSON. */
export function readJson(text: string): unknown {
  try {
    return mayNamePrototype(text) ? JSON.parse(text, refusePrototype) : JSON.parse(text);
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault("bad_request", `The body is not JSON: ${whereItBreaks(text, error)}`, {
      suggestion: "Correct the JSON and send it again",
    });
  }
}

/** Only such bodies pay for a look at every key. */
function mayNamePrototype(text: string): boolean {
  return text.includes("__proto__") || text.includes("\\u005");
}

/** `__proto__` in JSON is never meant well: read by careless code it changes every object. */
function refusePrototype(key: string, value: unknown): unknown {
  if (key !== "__proto__") return value;
  throw new Fault("bad_request", "The body has a key named __proto__", {
    suggestion: "Leave that key out",
  });
}

/** Says the place, never the text around it: a body may hold people's data. */
function whereItBreaks(text: string, error: unknown): string {
  const said = saidBy(error);
  if (isTooShort(said)) return "it ends too early";
  const position = Number(/at position (\d+)/.exec(said)?.[1] ?? firstWrong(text));
  const before = text.slice(0, position).split("\n");
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1} (position ${position})`;
}

function saidBy(error: unknown): string {
  return error instanceof Error ? error.message : "";
}

function isTooShort(said: string): boolean {
  return said.startsWith("Unexpected end");
}

/** V8 does not always name the position; the shortest beginning that fails in the same way ends there. */
function firstWrong(text: string): number {
  let good = 0;
  let bad = text.length;
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (hasWrongToken(text.slice(0, middle))) bad = middle;
    else good = middle;
  }
  return bad - 1;
}

function hasWrongToken(beginning: string): boolean {
  try {
    JSON.parse(beginning);
    return false;
  } catch (error) {
    return saidBy(error).startsWith("Unexpected token");
  }
}
