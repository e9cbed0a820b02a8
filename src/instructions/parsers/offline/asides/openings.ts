import { readPoint } from "../cadences.ts";
import { skipCourtesy } from "../courtesy.ts";
import { skipTitle } from "../headings.ts";
import { isBareStart } from "../links.ts";
import { matchAt, pattern } from "../pattern.ts";
import { skipGreeting, skipSoftener } from "../pleasantries.ts";
import { isWord, type Source, tokenAt } from "../source.ts";
import { skipAddress } from "./address.ts";
import { isBeginning } from "./beginnings.ts";
import { skipLabel } from "./labels.ts";
import { skipAnnouncement } from "./meta.ts";
import { skipBecause, skipOccasion, skipPurpose, skipSake, skipStatement } from "./reasons.ts";
import { skipLeads } from "./statements.ts";

const NUMBERED = pattern("email|mail|touch|touchpoint|message|step <number> :|–|-|\\)");

/** "Email 1: send 'Hello'" */
function skipNumbered(source: Source, at: number): number {
  const next = matchAt(source, at, NUMBERED)?.next ?? at;
  return isBareStart(source, next) ? next : at;
}

/** "So the thing is, when a deal is lost …" */
function skipLead(source: Source, at: number): number {
  const next = skipLeads(source, at);
  const isClosed = isWord(tokenAt(source, next - 1), "is", "that", ",", ":", "–");
  return next > at && isClosed && isBeginning(source, next) ? next : at;
}

const SETUP = pattern(
  "(set|make|arrange|configure|have|fix|rig it|this|that|things|something|everything / set|make|build|create|configure a|an|this|the [new|little|simple|quick] automation|workflow|flow|rule|agent|thing) [up] [for me|us] so|where|: [that]",
);

/** "Can you set it up so that every Friday …" */
function skipSetup(source: Source, at: number): number {
  const next = matchAt(source, skipCourtesy(source, at), SETUP)?.next ?? at;
  return next > at && isBeginning(source, next) ? next : at;
}

const OPENINGS = [
  skipSetup,
  skipTitle,
  skipGreeting,
  skipSoftener,
  skipAnnouncement,
  skipNumbered,
  skipBecause,
  skipOccasion,
  skipPurpose,
  skipStatement,
  skipLead,
  skipSake,
];

/** "To wake up our old pipeline, …", "For the roadshow: …": where the first clause begins. */
export function skipPreamble(source: Source, at: number, isFirst = true): number {
  if (readPoint(source, at) !== undefined) return at;
  const addressed = isFirst ? skipAddress(source, at) : at;
  if (addressed > at) return addressed;
  for (const skip of OPENINGS) {
    const next = skip(source, at);
    if (next > at) return next;
  }
  return skipLabel(source, at, isFirst);
}
