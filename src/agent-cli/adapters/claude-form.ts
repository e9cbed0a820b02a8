/** Messages with blocks of content, as Claude Code writes them, and Qwen Code after it. */
import type { Form, Said } from "../events.ts";
import { inside, listIn, numberIn, textIn, wordsIn, type Fields } from "../fields.ts";

function words(type: "text" | "thinking", text: string, form: Form, under: string | null): Said {
  return { type, text, form, under };
}

/** What the model said, one line a block. Its usage stands as it was when the message began: no use. */
export function readAssistant(line: Fields): readonly Said[] {
  const under = textIn(line, "parent_tool_use_id");
  const content = inside(line, "message")["content"];
  if (isApiError(line)) return [{ type: "warning", message: wordsIn(content) ?? "an API error" }];
  return listIn(inside(line, "message"), "content").flatMap((block) =>
    readBlock(inside(block), under),
  );
}

/** Written by the Agent CLI itself, in place of an answer. */
function isApiError(line: Fields): boolean {
  return line["is_api_error_message"] === true || textIn(line, "error") !== null;
}

function readBlock(block: Fields, under: string | null): readonly Said[] {
  const text = textIn(block, "text") ?? textIn(block, "thinking");
  switch (block["type"]) {
    case "text":
      return text === null ? [] : [words("text", text, "whole", under)];
    case "thinking":
      return text === null ? [] : [words("thinking", text, "whole", under)];
    case "tool_use": {
      const [id, name] = [textIn(block, "id"), textIn(block, "name")];
      if (id === null || name === null) return [];
      return [{ type: "tool_started", id, name, input: block["input"] ?? null, under }];
    }
    default:
      return [];
  }
}

/** What tools answered. */
export function readUser(line: Fields): readonly Said[] {
  const results = listIn(inside(line, "message"), "content")
    .map((block) => inside(block))
    .filter(({ type }) => type === "tool_result");
  return [...results.flatMap(readResult), ...readDecisions(line, results)];
}

function readResult(block: Fields): readonly Said[] {
  const id = textIn(block, "tool_use_id");
  if (id === null) return [];
  const ok = typeof block["is_error"] === "boolean" ? !block["is_error"] : null;
  return [{ type: "tool_ended", id, ok, output: wordsIn(block["content"]) }];
}

function readDecisions(line: Fields, results: readonly Fields[]): readonly Said[] {
  return listIn(line, "tool_result_meta").flatMap((each): readonly Said[] => {
    const meta = inside(each);
    const decision = inside(meta, "permission_decision");
    if (decision["decision"] !== "reject") return [];
    const toolId = textIn(meta, "id");
    const result = results.find(({ tool_use_id: id }) => id === toolId);
    const by = textIn(decision, "source")?.startsWith("user") === true ? "person" : "rules";
    return [{ type: "denied", toolId, tool: null, message: wordsIn(result?.["content"]), by }];
  });
}

/** A stretch of a message that comes again as a whole. */
export function readStream(line: Fields): readonly Said[] {
  const event = inside(line, "event");
  if (event["type"] !== "content_block_delta") return [];
  const under = textIn(line, "parent_tool_use_id");
  const delta = inside(event, "delta");
  const [text, thinking] = [textIn(delta, "text"), textIn(delta, "thinking")];
  if (text !== null) return [words("text", text, "preview", under)];
  return thinking === null ? [] : [words("thinking", thinking, "preview", under)];
}

/** What was refused, as the result lists it. */
export function readDenials(line: Fields): readonly Said[] {
  return listIn(line, "permission_denials").map((each) => {
    const denial = inside(each);
    const [toolId, tool] = [textIn(denial, "tool_use_id"), textIn(denial, "tool_name")];
    return { type: "denied", toolId, tool, message: null, by: "rules" };
  });
}

/** What of an end is told in the same way by all. */
export function endOf(line: Fields): {
  readonly text: string | null;
  readonly turns: number | null;
  readonly ms: number | null;
} {
  return {
    text: textIn(line, "result"),
    turns: numberIn(line, "num_turns"),
    ms: numberIn(line, "duration_ms"),
  };
}
