import { isWord, type Source, tokenAt, wordsOf } from "../source.ts";

const ACTS = wordsOf(
  `send email mail notify alert tell ping tag untag remove add create make enrich hand pass transfer route mark move set change
  update connect invite assign schedule book wait put`,
);
const OBJECTS = wordsOf("the them him her it a an me us their this");

/** What stands behind some of them instead: "hand off to", "connect on", "wait 3 days". */
const FOLLOWING: Readonly<Record<string, readonly string[]>> = {
  hand: ["off", "over"],
  pass: ["on", "over"],
  connect: ["on", "with", "via"],
  mark: ["as"],
  add: ["tag"],
  remove: ["tag"],
};

/** "closed won send the 'Welcome' email", "owner hand off to Ann": a verb with its object is the next clause, and no part of a value. */
export function isActing(source: Source, at: number): boolean {
  const { word, kind } = tokenAt(source, at);
  if (kind !== "word" || !ACTS.has(word)) return false;
  const after = tokenAt(source, at + 1);
  if (isWord(after, ...(FOLLOWING[word] ?? []))) return true;
  if (after.kind === "number") return word === "wait";
  return after.kind === "quoted" || after.kind === "variable" || OBJECTS.has(after.word);
}
