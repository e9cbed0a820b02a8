/** A tool call's input as it is read when it is opened. */

import type { InvocationQuestion } from "#contract/shapes/invocation-questions.ts";
import { visible } from "#contract/visible.ts";

/** Each field on its own, texts as they are and without quotes; what is one text is that text. */
export function inputLines(input: unknown): string {
  if (typeof input === "string") return input;
  if (input === undefined || input === null) return "";
  if (typeof input !== "object") return JSON.stringify(input);
  if (Array.isArray(input)) return JSON.stringify(input, null, 2);
  return Object.entries(input)
    .map(([name, value]) => fieldLine(name, value))
    .join("\n");
}

function fieldLine(name: string, value: unknown): string {
  if (typeof value !== "string") return `${name}: ${JSON.stringify(value, null, 2)}`;
  return value.includes("\n") ? `${name}:\n${value}` : `${name}: ${value}`;
}

/** What lies in the working folder is told from there. */
export function relativeTo(folder: string, text: string): string {
  return text.replaceAll(`${folder}/`, "");
}

type Wanted = Pick<InvocationQuestion, "input" | "words" | "whole">;

/** What is let do: its words, which say for how long, and all that they leave out. Nothing in it hides another part of it. */
export function wanted({ input, words, whole }: Wanted): string {
  return visible(whole === "words" || input === null ? words : `${words}\n${inputLines(input)}`);
}
