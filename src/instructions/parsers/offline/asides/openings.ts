import { readPoint } from "../cadences.ts";
import { skipTitle } from "../headings.ts";
import { isBareStart } from "../links.ts";
import { matchAt, pattern } from "../pattern.ts";
import { skipGreeting, skipSoftener } from "../pleasantries.ts";
import type { Source } from "../source.ts";
import { skipLabel } from "./labels.ts";
import { skipAnnouncement } from "./meta.ts";
import { skipBecause, skipOccasion, skipPurpose, skipSake, skipStatement } from "./reasons.ts";

const NUMBERED = pattern("email|mail|touch|touchpoint|message|step <number> :|–|-|\\)");

/** "Email 1: send 'Hello'" */
function skipNumbered(source: Source, at: number): number {
  const next = matchAt(source, at, NUMBERED)?.next ?? at;
  return isBareStart(source, next) ? next : at;
}

const OPENINGS = [
  skipTitle,
  skipGreeting,
  skipSoftener,
  skipAnnouncement,
  skipNumbered,
  skipBecause,
  skipOccasion,
  skipPurpose,
  skipStatement,
  skipSake,
];

/** "To wake up our old pipeline, …", "For the roadshow: …": where the first clause begins. */
export function skipPreamble(source: Source, at: number): number {
  if (readPoint(source, at) !== undefined) return at;
  for (const skip of OPENINGS) {
    const next = skip(source, at);
    if (next > at) return next;
  }
  return skipLabel(source, at);
}
