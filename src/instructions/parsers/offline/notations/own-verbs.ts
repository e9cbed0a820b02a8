import { matchAt, pattern, type Pattern } from "../pattern.ts";
import type { Source } from "../source.ts";
import type { LabelRead } from "./label-reading.ts";
import type { Meaning } from "./label-table.ts";

/** What says by itself what the label says. */
const OWN: { readonly [Name in Meaning]?: Pattern } = {
  set: pattern("+set|+change|+update|+move|+mark|+switch"),
  tag: pattern("+add|+apply|+tag|+remove|+put|+assign"),
  notify: pattern("+notify|+alert|+tell|+inform|+ping|+message"),
  enrich: pattern("+enrich|+run"),
  email: pattern("+send"),
  wait: pattern("+wait|+pause|+hold"),
  task: pattern(
    "+create|+add|+make|+open|+set [up] a|an|the|another|new [new|follow-up|call] task|reminder|to-do|todo",
  ),
  condition: pattern("otherwise|else"),
};

/** "Field update: set the status to Active", "Path B: otherwise send 'X'": the label says nothing more. */
export function saysItself(source: Source, label: LabelRead): boolean {
  const own = OWN[label.meaning];
  const isPlain = label.inside === undefined && MARKS.has(label.mark);
  return own !== undefined && isPlain && matchAt(source, label.next, own) !== undefined;
}

/** Behind an arrow stands the next step. */
const MARKS = new Set([":", "–", "-"]);
