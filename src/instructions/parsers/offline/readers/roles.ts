import { wordsOf } from "../source.ts";

const ROLES =
  wordsOf(`team rep reps manager managers lead leader executive exec director owner desk department support sales
  marketing finance legal ops operations success csm ae sdr bdr ceo cfo coo cto founder boss admin assistant specialist
  salesperson representative colleague colleagues human someone squad group office engineer consultant vp head crew partner`);

/** What somebody on our side is. */
export function isRole(word: string): boolean {
  return ROLES.has(word);
}
