/** Google's Gemini, streamed. */
import { inside, listIn, type Fields } from "#agent-cli/fields.ts";

import {
  ANSWER,
  callFor,
  lastOf,
  newId,
  piecesOf,
  toolsIn,
  USAGE,
  type Scenario,
  type Sent,
} from "../scenario.ts";

export function answerGemini(body: Fields, scenario: Scenario): readonly Sent[] {
  const isAnswered = listIn(lastOf(body, "contents"), "parts").some(
    (part) => "functionResponse" in inside(part),
  );
  const offered = listIn(body, "tools").flatMap((tool) =>
    listIn(inside(tool), "functionDeclarations"),
  );
  const tools = toolsIn(offered, "parametersJsonSchema", "parameters");
  const call = isAnswered ? null : callFor(scenario, tools);
  if (call === null)
    return [...piecesOf(ANSWER).map((text) => chunk({ text })), last({ text: "" })];
  return [last({ functionCall: { id: newId("call"), name: call.name, args: call.input } })];
}

const chunk = (part: Fields, more: Fields = {}, counted: Fields = {}): Sent => ({
  event: null,
  data: {
    candidates: [{ index: 0, content: { role: "model", parts: [part] }, ...more }],
    responseId: newId("r"),
    ...counted,
  },
});

function last(part: Fields): Sent {
  const { input, cached, output, thought } = USAGE;
  const usageMetadata = {
    promptTokenCount: input,
    cachedContentTokenCount: cached,
    candidatesTokenCount: output,
    thoughtsTokenCount: thought,
    totalTokenCount: input + output + thought,
  };
  return chunk(part, { finishReason: "STOP" }, { usageMetadata });
}
