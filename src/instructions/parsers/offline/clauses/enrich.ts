import { type Family, one, part, type Part, readParts } from "../clause.ts";
import { matchLongest, pattern } from "../pattern.ts";
import { ENTITY } from "./recipients.ts";

const DATUM =
  "[contact|company ['s]] [contact|email|phone|mobile|company|business|work] email|emails|phone|number|address|addresses|phones|numbers|data|details|detail|info|information|profile|profiles|record|records|gaps|fields|blanks|contact";
const DATA = `(what|whatever|everything is|'s missing / [the|their|its|all|any|more|some|missing|extra|additional|full|latest|up-to-date|what|whatever] [the|missing|is] [missing] ${DATUM} [and|or|,|& [the|their] ${DATUM}])`;

const HEADS = [
  `+enrich [(${ENTITY} / the same)] ['s] [${DATA}]`,
  `+run|+put|+pass|+push|+send ${ENTITY} [through|via|by|past|over|to] apollo [enrichment]`,
  "+run|+do|+use|+trigger [the|an|a] apollo [enrichment|lookup] [for enrichment]",
  `+run|+do|+perform|+trigger|+make|+start [an|the|a] enrichment`,
  `+look|+check ${ENTITY} up [in|on|at|with|via] apollo`,
  `+look [up] ${ENTITY} in|on|at|with|via apollo`,
  `+get|+pull|+fetch|+fill|+find|+grab|+complete|+update|+gather|+add|+top|+refresh|+supplement|+augment|+look [in|up|out] ${DATA} [on|for|about|of|in] [${ENTITY}] from|with|via|using|through|in apollo`,
  `+top|+refresh|+complete|+supplement|+augment|+update [up] ${ENTITY} [up] with|via|using|through|from apollo`,
  `+check|+ask|+query|+search apollo for [${DATA}]`,
  "apollo enrichment|enrich|lookup|pass",
  `+look|+find|+check|+get|+fetch|+fill [up|out|in] ${DATA} [in|on|at|with|via|using|from|through] apollo`,
  `+use|+ask|+have|+let|+get apollo [to] [+find|+get|+fill|+complete|+look|+pull|+add|+enrich] [in|up|out] [${DATA}] [for|on|about] [${ENTITY}] [up]`,
  "enrichment",
  "let|have|get apollo [to] fill|complete|enrich [in] [the|their] [blanks|gaps|details|rest|missing|them|record|profile]",
].map(pattern);

const PARTS: readonly Part<object>[] = [
  part<object>([
    "[with|via|using|through|from|on|in|by|against|:] [\\(] apollo [.] [enrichment|data|io] [\\)]",
    "\\( via|with|using|by|from apollo [data|enrichment] \\)",
    `for|on|of ${ENTITY}`,
    ENTITY,
    `with|for ${DATA}`,
    DATA,
    "so [that] it|they|everyone|he|she gets|get|is|are|becomes enriched",
    "through|by means of it",
    "first",
    "in apollo",
    "up",
    "enrichment",
  ]),
];

export const enrichContact: Family = {
  name: "enrich_contact",
  read: (source, at) => {
    const head = matchLongest(source, at, HEADS);
    if (head === undefined) return undefined;
    return one(
      { type: "enrich_contact", params: { provider: "apollo" } },
      readParts(source, head.next, PARTS, {}),
    );
  },
};
