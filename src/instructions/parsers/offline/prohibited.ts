import { matchFirst, pattern } from "./pattern.ts";
import type { Source } from "./source.ts";
import { WHOLES } from "./wholes.ts";

const CHANNELS =
  "linkedin|email|emails|emailing|calls|calling|tasks|notifications|alerts|tags|tagging|invitations|invites|messages|messaging|outreach|handoffs|handoff|enrichment|texts|texting|sms";
const KINDS =
  "invites|invitations|requests|messages|outreach|connections|steps|touches|reminders|calls|notifications";
/** Of what the text speaks; whoever is named otherwise is left out by a skip. */
const THIS = `here|yet / at|for [this|the] all|stage|now|time / in|for|with|on|to|from|of this|these|that|those|the|our|them|it [of] [these|them] [one|ones|group|${WHOLES}|segment|batch|list|round|series|set|contacts|people|leads|deals|companies|folks|time]`;

const PROHIBITIONS = [
  "do not|never bother|worry [about|with] [it|that|them|him|her|this|anything] [:|,|;|–]",
  "no need to [ask|check|confirm|worry|explain|reply|report|rush|hurry] [me|us|first|again|back|about it]",
  "no need to [email|contact|call|send|notify|do|wait|bother] [them|anyone|anything|it|else|any] [else|more|emails|email|yet]",
  "no linkedin|email|emails|calls this time|round [please]",
  "do not|never use|involve|touch linkedin|email|emails|apollo|the|any [phone|web|crm] [for|with|here|at] [this|that|these|now|all|here]",
  "[please] +do that|it|so|this [please|now|then]",
  "do not|never [ever] [send|do|use|make|try|attempt|email|contact|mail|message|call|text|touch|bother|connect|reach|phone] [out] [to] [any|anyone|anybody|anything|them|her|him|it|with|a|the|on|emails|email|linkedin] [else|them|more|emails|email|invitations|invites|linkedin|calls|messages|tasks|on|at] [linkedin|yet|twice|all|for|anymore|again]",
  `[there is|are|should|must [be]] no|zero [phone|follow-up|manual|web|internal|slack] ${CHANNELS} [${KINDS}] [[,] [and|or] [no] [phone] ${CHANNELS} [${KINDS}]] [${THIS}] [please]`,
].map(pattern);

/** "Don't email anyone", "no LinkedIn": nothing to carry out. */
export function readProhibition(source: Source, at: number): number | undefined {
  return matchFirst(source, at, PROHIBITIONS)?.next;
}
