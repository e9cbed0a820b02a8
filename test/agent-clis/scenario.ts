/** What the fake model is to do, and what it says it used: the same for every request. */
import { inside, listIn, textIn, type Fields } from "#agent-cli/fields.ts";

export const ANSWER = "All done: the answer is 42.";

/** Input holds what was cached; output what was thought, but for Gemini, which counts that apart. */
export const USAGE = { input: 1200, cached: 800, cacheWrite: 100, output: 35, thought: 10 };

export type Scenario = "text" | "tool" | "asktool" | "longtool" | "err401" | "err429" | "err500";

export interface Call {
  readonly name: string;
  readonly input: Fields;
}

const SHELLS: ReadonlySet<string> = new Set([
  "Bash",
  "run_shell_command",
  "exec_command",
  "shell",
  "shell_command",
]);
/** What they leave behind in the folder that they work in. */
export const MADE = { tool: "said.txt", longtool: "began.txt" } as const;
/** The long one goes on until that is there. */
export const GO = "go.txt";

const COMMANDS: Readonly<Partial<Record<Scenario, string>>> = {
  tool: `echo hi > ${MADE.tool}`,
  // One that Claude Code does not take for harmless.
  asktool: `${process.execPath} -e "console.log('hi')"`,
  longtool: `echo up > ${MADE.longtool}; until [ -e ${GO} ]; do sleep 0.1; done`,
};

interface Tool {
  readonly name: string;
  readonly schema: Fields;
}

/** The tool to call for a scenario, of those that the Agent CLI offers; null: it is to answer. */
export function callFor(scenario: Scenario, tools: readonly Tool[]): Call | null {
  const command = COMMANDS[scenario];
  const shell = tools.find(({ name }) => SHELLS.has(name));
  if (command === undefined || shell === undefined) return null;
  const properties = inside(shell.schema, "properties");
  const key = "cmd" in properties ? "cmd" : "command";
  const isList = inside(properties, key)["type"] === "array";
  const input = { [key]: isList ? ["bash", "-lc", command] : command };
  const description = "description" in properties ? { description: "Run it" } : {};
  return { name: shell.name, input: { ...input, ...description } };
}

export function toolsIn(tools: readonly unknown[], ...schema: readonly string[]): readonly Tool[] {
  return tools.map((tool) => ({
    name: textIn(inside(tool), "name") ?? "",
    schema: schema.map((key) => inside(tool, key)).find((one) => Object.keys(one).length > 0) ?? {},
  }));
}

export function lastOf(fields: Fields, key: string): Fields {
  return inside(listIn(fields, key).at(-1));
}

/** A line of a stream of events. */
export interface Sent {
  readonly event: string | null;
  readonly data: unknown;
}

export const typed = (data: Fields & { readonly type: string }): Sent => ({
  event: data.type,
  data,
});

export const piecesOf = (text: string): readonly string[] => text.match(/.{1,12}/gs) ?? [];

let ids = 0;
export const newId = (kind: string): string => `${kind}_${(ids += 1)}fake`;
