import { readLines } from "../layout.ts";
import { isWord, tokenAt, within } from "../source.ts";
import { readBareEvent } from "../triggers/bare-events.ts";
import { type Notation, putBefore } from "./edit.ts";

/** "- deal moves to Closed Won" in front of a list of steps is what starts it. */
export const writeOpening: Notation = (source) => {
  const { text, tokens } = source;
  const isList = tokens.some((token) => token.text === "\n");
  const [first, second] = isList ? readLines(text, tokens) : [];
  if (first === undefined || second === undefined || second.depth !== first.depth) return tokens;
  const line = within(source, first.to);
  const isMarked = first.from > 0 && !isWord(tokenAt(line, first.from), "when", "trigger");
  const event = isMarked ? readBareEvent(line, first.from, true) : undefined;
  const place = tokens[first.from];
  if (event === undefined || event.next < first.to || place === undefined) return tokens;
  return [
    ...tokens.slice(0, first.from),
    ...putBefore("trigger :", place),
    ...tokens.slice(first.from),
  ];
};
