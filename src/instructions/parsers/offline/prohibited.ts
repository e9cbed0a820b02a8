import { matchFirst, pattern } from "./pattern.ts";
import type { Source } from "./source.ts";

const PROHIBITIONS = [
  "do not|never bother|worry [about|with] [it|that|them|him|her|this|anything] [:|,|;|–]",
  "no need to [email|contact|call|send|notify|do|wait|bother] [them|anyone|anything|it|else|any] [else|more|emails|email|yet]",
  "do not|never use|involve|touch linkedin|email|emails|apollo|the|any [phone|web|crm] [for|with|here|at] [this|that|these|now|all|here]",
  "[please] +do that|it|so|this [please|now|then]",
  "do not|never [ever] [send|do|use|make|try|attempt|email|contact|mail|message|call|text|touch|bother|connect|reach|phone] [out] [to] [any|anyone|anybody|anything|them|her|him|it|with|a|the|on|emails|email|linkedin] [else|them|more|emails|email|invitations|invites|linkedin|calls|messages|tasks|on|at] [linkedin|yet|twice|all|for|anymore|again]",
  "no linkedin|email|emails|calls|tasks|notifications|tags|invitations|messages|outreach [invites|invitations|requests|messages|please|at|here|or|yet|this|outreach] [all|time|linkedin|emails|invitations|email|stage]",
].map(pattern);

/** "Don't email anyone", "no LinkedIn": nothing to carry out. */
export function readProhibition(source: Source, at: number): number | undefined {
  return matchFirst(source, at, PROHIBITIONS)?.next;
}
