/** A LangChain chat model of another provider: it answers by a tool call, as most do that know no JSON schema. */
import type { CallbackManagerForLLMRun } from "@langchain/core/callbacks/manager";
import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { AIMessageChunk, type BaseMessage } from "@langchain/core/messages";
import type { ChatResult } from "@langchain/core/outputs";

import { readingOf } from "./testing.ts";

export class ScriptedChat extends BaseChatModel {
  override _llmType(): string {
    return "scripted";
  }

  override bindTools(): this {
    return this;
  }

  override async _generate(
    messages: BaseMessage[],
    _options: unknown,
    _manager?: CallbackManagerForLLMRun,
  ): Promise<ChatResult> {
    const text = messages.at(1)?.text ?? "";
    const args = readingOf(text) as Record<string, unknown>;
    const message = new AIMessageChunk({
      content: "",
      tool_calls: [{ name: "plan", args, id: "1" }],
      response_metadata: { finish_reason: "tool_calls" },
    });
    return { generations: [{ text: "", message }] };
  }
}
