/** OpenAI's Responses. */
import { inside, listIn, textIn, type Fields } from "#agent-cli/fields.ts";

import {
  ANSWER,
  callFor,
  newId,
  piecesOf,
  toolsIn,
  typed,
  USAGE,
  type Scenario,
  type Sent,
} from "../scenario.ts";

export function answerResponses(body: Fields, scenario: Scenario): readonly Sent[] {
  const input = listIn(body, "input").map((item) => inside(item));
  const asked = input.findLastIndex(({ role }) => role === "user");
  const isAnswered = input
    .slice(asked + 1)
    .some((item) => textIn(item, "type")?.endsWith("_output"));
  const offered = listIn(body, "tools").flatMap((tool) =>
    inside(tool)["type"] === "namespace" ? listIn(inside(tool), "tools") : [tool],
  );
  const call = isAnswered ? null : callFor(scenario, toolsIn(offered, "parameters"));
  const item = call === null ? message() : functionCall(call.name, call.input);
  const base = { id: newId("resp"), object: "response", model: body["model"] };
  return [
    typed({ type: "response.created", response: { ...base, status: "in_progress", output: [] } }),
    ...sendingOf(item),
    typed({ type: "response.output_item.done", output_index: 0, item }),
    typed({
      type: "response.completed",
      response: { ...base, status: "completed", output: [item], usage: usage() },
    }),
  ];
}

function sendingOf(item: Fields): readonly Sent[] {
  const begun = { ...item, status: "in_progress", content: [], arguments: "" };
  const at = { item_id: item["id"], output_index: 0, content_index: 0 };
  const added = typed({ type: "response.output_item.added", output_index: 0, item: begun });
  if (item["type"] !== "message") return [added];
  return [
    added,
    ...piecesOf(ANSWER).map((delta) => typed({ type: "response.output_text.delta", ...at, delta })),
  ];
}

function message(): Fields {
  const content = [{ type: "output_text", text: ANSWER, annotations: [] }];
  return { id: newId("msg"), type: "message", status: "completed", role: "assistant", content };
}

function functionCall(name: string, input: Fields): Fields {
  const done = { type: "function_call", status: "completed" };
  return {
    id: newId("fc"),
    ...done,
    call_id: newId("call"),
    name,
    arguments: JSON.stringify(input),
  };
}

function usage(): Fields {
  const { input, cached, output, thought } = USAGE;
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: cached },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: thought },
    total_tokens: input + output,
  };
}
