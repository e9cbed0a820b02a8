import type { PlanStep } from "#domain/plan.ts";

import type { Family } from "../clause.ts";
import { readParts } from "../clause.ts";
import { part } from "../clause.ts";
import { type Match, matchAt, matchFirst, pattern } from "../pattern.ts";
import { type Read, type Source, tokenAt } from "../source.ts";
import { ENTITY } from "./recipients.ts";

type Change = "add_tag" | "remove_tag";

const TAGS = "tag|tags|label|labels";

const HEADS: Readonly<Record<Change, readonly string[]>> = {
  add_tag: [
    `+tag|+label [${ENTITY}] [as|with|:|=] [the] [tag|tags] <tags>`,
    `+add|+apply|+attach|+put|+give|+stick|+slap|+use|+assign [${ENTITY}] [on] [the|a|an] [new] ${TAGS} [of|:|called|named] <tags>`,
    `+add|+apply|+attach|+put|+give|+stick|+slap|+assign [${ENTITY}] [the|a|an|our] <tags> [as] [a|an|the] ${TAGS}`,
    `+add|+apply|+attach|+put [the] <tags> to [their|its|the] ${TAGS}`,
    `${TAGS} [:] <tags>`,
    `+add|+put ${ENTITY} [in|on|under|to|into] [the|a|our] ${TAGS} <tags>`,
    `+mark|+flag [${ENTITY}] with [the|a] ${TAGS} <tags>`,
  ],
  remove_tag: [
    "- tag|tags [:] <tags>",
    `+remove|+delete|+strip|+clear|+drop|+take [off|away|out] [the|their|a|any] ${TAGS} [:] <tags>`,
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
  { type: "add_tag", patterns: [pattern("+add|+put|+apply [the] [on] <tags>")] },
  { type: "remove_tag", patterns: [pattern("+remove|+drop|+take [off] [the] <tags>")] },
];

const TAIL = part<object>([
  `from|to|on|onto|off|for ${ENTITY}`,
  ENTITY,
  "off",
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

function build(
  source: Source,
  type: Change,
  { captures, next }: Match,
): Read<readonly PlanStep[]> | undefined {
  const isQuoted = tokenAt(source, next - 1).kind === "quoted";
  const tags = (captures.tags ?? [])
    .map((tag) => tag.replace(/^(?:the|a|as)\s+/i, "").trim())
    .map((tag) => (isQuoted || type === "add_tag" ? tag : tag.replace(/\s+(?:off|away)$/, "")))
    .filter((tag) => tag !== "");
  if (tags.length === 0) return undefined;
  return { value: [{ type, params: { tags } }], next: readParts(source, next, [TAIL], {}) };
}

const SWAP = [
  `+swap|+replace|+change|+switch [the|their] ${TAGS} <text> for|with|to|by [the] [tag] <value>`,
  `+swap|+replace [the] <text> [tag] for|with|by [the] <value>`,
].map(pattern);

export const swapTags: Family = {
  name: "add_tag",
  read: (source, at) => {
    const match = matchFirst(source, at, SWAP);
    if (match?.captures.text === undefined) return undefined;
    const steps: readonly PlanStep[] = [
      { type: "remove_tag", params: { tags: [match.captures.text] } },
      { type: "add_tag", params: { tags: [String(match.captures.value)] } },
    ];
    return { value: steps, next: readParts(source, match.next, [TAIL], {}) };
  },
};
