/** Speaking to a Claude Code that asks before it acts. */
import type { Decision, Dialogue } from "../adapter.ts";
import type { Asked, Said } from "../events.ts";
import { inside, textIn, type Fields } from "../fields.ts";

export function claudeDialogue(prompt: string): Dialogue {
  return {
    open: () => [JSON.stringify({ type: "user", message: { role: "user", content: prompt } })],
    answer: () => [],
    permit: (asked, decision, why) => [JSON.stringify(permission(asked, decision, why))],
    cancel: () => [
      JSON.stringify({
        type: "control_request",
        request_id: "cancel",
        request: { subtype: "interrupt" },
      }),
    ],
    isOver: (line) => line.includes('"result"') && isResult(line),
  };
}

function isResult(line: string): boolean {
  try {
    return inside(JSON.parse(line))["type"] === "result";
  } catch {
    return false; // whatever it is, it is no result
  }
}

function permission({ request, input }: Asked, decision: Decision, why?: string): Fields {
  const response =
    decision === "allow"
      ? { behavior: "allow", updatedInput: input }
      : { behavior: "deny", message: why ?? "A person denied this." };
  return {
    type: "control_response",
    response: { subtype: "success", request_id: request, response },
  };
}

/** What the agent asks of its host: only the question whether a tool may run is for a person. */
export function readQuestion(line: Fields): readonly Said[] | null {
  const question = inside(line, "request");
  if (question["subtype"] !== "can_use_tool") return [];
  const [request, tool] = [textIn(line, "request_id"), textIn(question, "tool_name")];
  if (request === null || tool === null) return null;
  const toolId = textIn(question, "tool_use_id");
  const input = question["input"] ?? {};
  // What its mode permits it does not ask for.
  const beyond = { needs: "all", places: [], options: [] } as const;
  return [{ type: "asked", request, toolId, tool, title: null, input, ...beyond }];
}
