/** What a question asks, in a line: nobody may be led to allow more than is shown, so it says where all of it stands. */
import { gistOf, isWhole } from "#contract/tool-gist.ts";
import { visible } from "#contract/visible.ts";

import type { Asked } from "./events.ts";

export interface Told {
  readonly tool: string;
  /** "Bash: npm test", "edit: Edit the list, /etc/hosts". */
  readonly words: string;
  readonly places: readonly string[];
  /** What the words leave out: nothing, what the input has, or what the output alone has. */
  readonly whole: "words" | "input" | "output";
}

const FOR_GOOD = "for good, since it offers no answer for once";

const LONGEST_TOOL = 200;
const LONGEST_PLACE = 500;
const LONGEST_PLACES = 1000;
const MOST_PLACES = 20;
/** What is larger is read where it was written. */
const MOST_INPUT = 16 * 1024;

export function toldOf(asked: Asked): Told {
  const tool = shortened(asked.tool, LONGEST_TOOL);
  const places = asked.places.slice(0, MOST_PLACES).map((place) => shortened(place, LONGEST_PLACE));
  const what = visible(gistOf(asked.input));
  const title = visible(gistOf(asked.title));
  const where = places.join(", ");
  const named = [title, cut(where, LONGEST_PLACES)].filter((part) => part !== "").join(", ");
  const said = what === "" ? named : what;
  const words = `${tool}${said === "" ? "" : `: ${said}`}${isForOnce(asked) ? "" : ` (${FOR_GOOD})`}`;
  const isLong = where.length > LONGEST_PLACES || (asked.title !== null && !isWhole(asked.title));
  const isCut = what === "" && isLong;
  return { tool, words, places, whole: isCut || hasMore(asked) ? "output" : wholeOf(asked) };
}

/** Undefined: it is too large to be shown. */
export function inputOf({ input }: Asked): unknown {
  return (JSON.stringify(input) ?? "").length > MOST_INPUT ? undefined : input;
}

const hasMore = ({ tool, places }: Asked): boolean =>
  tool.length > LONGEST_TOOL ||
  places.length > MOST_PLACES ||
  places.some((place) => place.length > LONGEST_PLACE);

function wholeOf(asked: Asked): Told["whole"] {
  const { input } = asked;
  if (input === null || isWhole(input)) return "words";
  return inputOf(asked) === undefined ? "output" : "input";
}

const isForOnce = ({ options }: Asked): boolean =>
  options.length === 0 || options.some(({ kind }) => kind === "allow_once");

function shortened(text: string, most: number): string {
  return visible(cut(text, most));
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
