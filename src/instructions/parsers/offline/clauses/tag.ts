import type { PlanStep } from "#domain/plan.ts";

import type { Family } from "../clause.ts";
import { readParts } from "../clause.ts";
import { part } from "../clause.ts";
import { type Match, matchAt, matchFirst, pattern } from "../pattern.ts";
import { readText } from "../readers/values.ts";
import { isWord, type Read, type Source, tokenAt, within } from "../source.ts";
import { ENTITY } from "./recipients.ts";

type Change = "add_tag" | "remove_tag";

const TAGS = "tag|tags|label|labels";

const HEADS: Readonly<Record<Change, readonly string[]>> = {
  add_tag: [
    `+tag|+label|+categorize|+categorise [${ENTITY}] [as|with|:|=] [both] [the] [tag|tags] <tags>`,
    `+add|+apply|+attach|+put|+give|+stick|+slap|+use|+assign|+enter|+set|+place|+pop|+drop [${ENTITY}] [on] [the|a|an] [new] ${TAGS} [of|:|called|named] <tags>`,
    `+add|+apply|+attach|+put|+give|+stick|+slap|+assign|+pop [${ENTITY}] [both] [the|a|an|our] <tags> [as] [a|an|the] ${TAGS}`,
    `+add|+apply|+attach|+put [the] <tags> to [their|its|the] ${TAGS}`,
    `${TAGS} [:] <tags>`,
    `the|a ${TAGS} <quoted>`,
    `+add|+put|+apply|+attach to|on|onto ${ENTITY} [the|a] [new] ${TAGS} [:] <tags>`,
    `+add|+put ${ENTITY} [in|on|under|to|into] [the|a|our] ${TAGS} <tags>`,
    `+mark|+flag [${ENTITY}] with [the|a] ${TAGS} <tags>`,
    `+mark|+flag|+set|+have [${ENTITY}] [as|to] [be] tagged|labelled|labeled [with|as] <tags>`,
    `+flag [${ENTITY}] with <tags>`,
    "+put <quoted> on",
  ],
  remove_tag: [
    "- tag|tags [:] <tags>",
    `get rid of [the|their|a|any] (<tags> ${TAGS} / ${TAGS} [:] <tags>)`,
    `+ditch|+lose|+pull [off|out] [the|their|a|any] (<tags> ${TAGS} / ${TAGS} [:] <tags>)`,
    `+strip|+clear|+relieve ${ENTITY} of [the|their|a|any] (<tags> ${TAGS} / ${TAGS} [:] <tags>)`,
    "+take|+pull <quoted> off",
    "+remove <quoted> and|, <tags>",
    "+remove <quoted>",
    `+remove|+delete|+strip|+clear|+drop|+take|+strike|+erase [off|away|out] [from|off ${ENTITY}] [the|their|a|any] ${TAGS} [:] <tags>`,
    `+remove|+delete|+strip|+clear|+drop|+take [off|away] [the|their|a] <tags> ${TAGS}`,
    `+untag [${ENTITY}] [as|from|with|:] <tags>`,
    `+remove|+delete|+strip|+clear|+take [off|away] ${ENTITY} of|from [the|their] [sequence|list] ${TAGS} <tags>`,
  ],
};

const COMPILED = (["remove_tag", "add_tag"] as const).map((type) => ({
  type,
  patterns: HEADS[type].map(pattern),
}));

/** Behind another change of tags the word itself may be left out: "and then add 'Customer'". */
const AGAIN: readonly {
  readonly type: Change;
  readonly patterns: readonly ReturnType<typeof pattern>[];
}[] = [
  {
    type: "add_tag",
    patterns: [
      pattern("+add|+put|+apply [the] [on] <tags>"),
      pattern("+give|+put [on] them <tags> instead"),
    ],
  },
  { type: "remove_tag", patterns: [pattern("+remove|+drop|+take [off] [the] <tags>")] },
];

const TAIL = part<object>([
  `from|to|on|onto|off|for ${ENTITY} ['s] [record|profile|card|entry]`,
  "them|it|him|her|everyone|each|all",
  "off|on|away",
  "from|to|on their record|profile",
  "[if] [it|they] [is|are] [still] there",
  TAGS,
]);

export const changeTags: Family = {
  name: "add_tag",
  read: (source, at, { previous }) => {
    const that = readThatTag(source, at, previous);
    if (that !== undefined) return that;
    for (const { type, patterns } of COMPILED) {
      const match = matchFirst(source, at, patterns);
      if (match !== undefined) return build(source, type, match);
    }
    if (previous?.type !== "add_tag" && previous?.type !== "remove_tag") return undefined;
    for (const { type, patterns } of AGAIN) {
      const match = matchFirst(source, at, patterns);
      if (match !== undefined) return build(source, type, match);
    }
    return undefined;
  },
};

const THAT_TAG = pattern(
  "+remove|+drop|+clear|+strip|+delete [off] that|this|the [same] tag [again]",
);

/** "find contacts tagged X and remove that tag": the tag that the search asked for. */
function readThatTag(
  source: Source,
  at: number,
  previous: PlanStep | undefined,
): Read<readonly PlanStep[]> | undefined {
  const match = matchAt(source, at, THAT_TAG);
  const tag = previous === undefined ? undefined : tagAskedFor(previous.params);
  if (match === undefined || tag === undefined || tokenAt(source, match.next).kind !== "mark")
    return undefined;
  return { value: [{ type: "remove_tag", params: { tags: [tag] } }], next: match.next };
}

function tagAskedFor(params: object): string | undefined {
  const { field, value, all } = params as {
    field?: string;
    value?: unknown;
    all?: readonly object[];
  };
  if (all !== undefined) return all.map(tagAskedFor).find((tag) => tag !== undefined);
  return /(?:^|\.)tags$/.test(field ?? "") ? String(value) : undefined;
}

/** "Tag the contact" names no tag. */
function isOnlyWhom(tags: readonly string[]): boolean {
  return (
    tags.length === 1 &&
    /^(?:contacts?|leads?|company|companies|deals?|them|people|all|any|every|everything|anything|none|nothing)$/.test(
      tags[0] ?? "",
    )
  );
}

/** "… and the tag B", "and also Warm" */
const AND_TAG = pattern(`and|,|&|plus (the|a [new] ${TAGS} / also [the] [${TAGS}]) <tags>`);

function build(
  source: Source,
  type: Change,
  { captures, next }: Match,
): Read<readonly PlanStep[]> | undefined {
  const isQuoted = tokenAt(source, next - 1).kind === "quoted";
  const quoted = captures.quoted === undefined ? [] : [captures.quoted];
  const tags = [...quoted, ...(captures.tags ?? [])]
    .map((tag) => tag.replace(/^(?:the|a|as)\s+/i, "").trim())
    .map((tag) => (isQuoted || type === "add_tag" ? tag : tag.replace(/\s+(?:off|away)$/, "")))
    .filter((tag) => tag !== "");
  if (tags.length === 0 || isOnlyWhom(tags)) return undefined;
  const more = matchAt(source, next, AND_TAG);
  if (more?.captures.tags !== undefined)
    return build(source, type, { ...more, captures: { tags: [...tags, ...more.captures.tags] } });
  return { value: [{ type, params: { tags } }], next: readParts(source, next, [TAIL], {}) };
}

const SWAPPING = [
  `+swap|+replace|+change|+switch|+trade|+exchange [out|over] [the|their] ${TAGS} [from]`,
  "+swap|+replace|+trade|+exchange [out|over] [the|their]",
  "+change|+switch [out|over] [the|their]",
].map(pattern);
const FOR = pattern(`[${TAGS}] for|with|to|by|into [the|a] [${TAGS}] <value> [${TAGS}]`);
const LONGEST_TAG = 6;

/** "the contact's label" is a field. */
function isOwned(source: Source, from: number, to: number): boolean {
  return source.tokens.slice(from, to).some((token) => isWord(token, "'s"));
}

/** "Swap the tag A for B", "change the A tag to B". */
export const swapTags: Family = {
  name: "add_tag",
  read: (source, at) => {
    const head = matchFirst(source, at, SWAPPING);
    if (head === undefined) return undefined;
    for (let to = head.next + 1; to < head.next + LONGEST_TAG; to++) {
      const match = matchAt(source, to, FOR);
      const old = readText(within(source, to), head.next);
      if (match?.captures.value === undefined || old?.next !== to || isOwned(source, head.next, to))
        continue;
      if (!namesTag(source, at, match.next) && !isWord(tokenAt(source, at), "swap", "replace"))
        continue;
      return swap(source, old.value, String(match.captures.value), match.next);
    }
    return undefined;
  },
};

function namesTag(source: Source, from: number, to: number): boolean {
  for (let at = from; at < to; at++)
    if (isWord(tokenAt(source, at), ...TAGS.split("|"))) return true;
  return false;
}

function swap(source: Source, old: string, tag: string, next: number): Read<readonly PlanStep[]> {
  const steps: readonly PlanStep[] = [
    { type: "remove_tag", params: { tags: [old] } },
    { type: "add_tag", params: { tags: [tag] } },
  ];
  return { value: steps, next: readParts(source, next, [TAIL], {}) };
}
