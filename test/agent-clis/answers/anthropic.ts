/** Anthropic's Messages. */
import { inside, listIn, type Fields } from "#agent-cli/fields.ts";

import {
  ANSWER,
  callFor,
  lastOf,
  newId,
  piecesOf,
  toolsIn,
  typed,
  USAGE,
  type Scenario,
  type Sent,
} from "../scenario.ts";

export function answerMessages(body: Fields, scenario: Scenario): readonly Sent[] {
  const isAnswered = listIn(lastOf(body, "messages"), "content").some(
    (block) => inside(block)["type"] === "tool_result",
  );
  const tools = toolsIn(listIn(body, "tools"), "input_schema");
  const call = isAnswered ? null : callFor(scenario, tools);
  const id = newId("toolu");
  const block: readonly Sent[] =
    call === null
      ? [
          start({ type: "text", text: "" }),
          ...piecesOf(ANSWER).map((text) => delta({ type: "text_delta", text })),
        ]
      : [
          start({ type: "tool_use", id, name: call.name, input: {} }),
          delta({ type: "input_json_delta", partial_json: JSON.stringify(call.input) }),
        ];
  return [
    typed({ type: "message_start", message: messageOf(body) }),
    ...block,
    typed({ type: "content_block_stop", index: 0 }),
    typed({
      type: "message_delta",
      delta: { stop_reason: call === null ? "end_turn" : "tool_use", stop_sequence: null },
      usage: { output_tokens: USAGE.output },
    }),
    typed({ type: "message_stop" }),
  ];
}

const start = (content: Fields): Sent =>
  typed({ type: "content_block_start", index: 0, content_block: content });

const delta = (piece: Fields): Sent =>
  typed({ type: "content_block_delta", index: 0, delta: piece });

function messageOf(body: Fields): Fields {
  const { input, cached, cacheWrite } = USAGE;
  return {
    id: newId("msg"),
    type: "message",
    role: "assistant",
    model: body["model"],
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: {
      input_tokens: input - cached - cacheWrite,
      cache_creation_input_tokens: cacheWrite,
      cache_read_input_tokens: cached,
      cache_creation: { ephemeral_5m_input_tokens: cacheWrite, ephemeral_1h_input_tokens: 0 },
      output_tokens: 1,
      service_tier: "standard",
    },
  };
}
