/** Any program: what it prints is text, and its exit code is its outcome. */
import type { Adapter } from "../adapter.ts";
import { judgeBy } from "../judging.ts";

export function commandAdapter(program: string, args: readonly string[]): Adapter {
  return {
    name: "command",
    namesSessions: false,
    start: ({ more = [] }) => ({ program, args: [...args, ...more], env: {}, dialogue: null }),
    read: (line) => [{ type: "text", text: `${line}\n`, form: "piece", under: null }],
    judge: judgeBy({ closes: false, exits: { 126: "bad_usage", 127: "bad_usage" } }),
  };
}
