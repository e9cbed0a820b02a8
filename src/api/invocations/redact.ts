/** What of an invocation everybody sees: that it ran, how it ended, what it used. Its texts are people's data. */
import type { Invocation, InvocationItem } from "#contract/shapes/invocations.ts";
import { maskAddresses } from "#domain/mask.ts";

import type { View } from "../redact.ts";

export function redactItem<Item extends InvocationItem>(item: Item, view: View): Item {
  if (view !== "summary") return item;
  const { error, label } = item;
  return {
    ...item,
    prompt: "",
    questions: [],
    label: label === null ? null : maskAddresses(label),
    error:
      error === null ? null : { ...error, message: maskAddresses(error.message), details: null },
  };
}

export function redactInvocation(invocation: Invocation, view: View): Invocation {
  if (view !== "summary") return invocation;
  const { roundList, process } = invocation;
  return {
    ...redactItem(invocation, view),
    command: null,
    roundList: roundList.map((round) => ({
      ...round,
      prompt: "",
      text: "",
      message: null,
      warnings: [],
      answers: [],
    })),
    process: process === null ? null : { ...process, words: process.state },
    payloads: "redacted",
  };
}
