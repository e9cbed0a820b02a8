import { type Family, one, part, readParts } from "../clause.ts";
import { matchAt, matchLongest, pattern } from "../pattern.ts";
import { isWord, tokenAt } from "../source.ts";

const WHERE =
  "[right] [the|this|that|our|your|everything|it|here|there|processing|any|all|for|with] [whole|entire|further|contact|them|that|this] [workflow|sequence|flow|automation|process|agent|run|cadence|campaign|journey|execution|steps|actions|outreach|contact|person|lead|messaging|emails] [there|here|completely|entirely|right|for|altogether|immediately|now] [there|here|them|away|that] [contact|person|lead]";

const HEADS = [
  `+stop|+end|+finish|+quit|+exit|+halt|+terminate|+abort|+cancel|+close|+leave ${WHERE}`,
  "+skip|+ignore|+exclude|+drop|+disregard it|them|him|her|this|that|the [contact|lead|person|company|deal|one]",
  "+skip|+ignore|+exclude|+drop|+disregard contact|lead|person|company|deal|one",
  "call it (a day / quits)",
  "+wrap|+finish|+bail [it|things|this] [up|off|out] [there|here|now]",
  "+end|+stop|+leave things|it [at] [there|here|that]",
  "+leave them|him|her [alone|be|out|in] [peace]",
  "+drop|+remove|+take|+pull|+kick|+unenroll|+unenrol|+cut them|him|her|it [out] [of|from|off] [the|this|our] [whole] sequence|workflow|cadence|campaign|flow|automation|journey",
  "+cancel|+skip|+drop the rest",
  "+give up [on] [them|it|him|her]",
  "do nothing [else|more|further]",
  "that is|'s|should|will|can [be] the end [of it|this]",
  "take no further action",
  "do not do anything [else|more|further]",
  "nothing else|more|further [to] [do]",
  "no further action|steps|action",
  "we are|'re done [here]",
  "+let it|them go",
].map(pattern);

/** With nothing behind it: "if they replied, skip". */
const ALONE = pattern("+skip|+ignore|+exclude|+disregard");

const TAIL = part<object>([
  "[for|with] them|him|her|this|that|the [contact|person|lead]",
  "working|contacting|processing|emailing|reaching [out] [to] them|it|him|her|that|this [contact|lead]",
]);

export const stop: Family = {
  name: "stop",
  read: (source, at) => {
    const head = matchLongest(source, at, HEADS);
    const alone = matchAt(source, at, ALONE);
    if (alone !== undefined && alone.next >= source.end)
      return one({ type: "stop", params: {} }, alone.next);
    if (head === undefined || isWord(tokenAt(source, head.next), "with", "by")) return undefined;
    return one({ type: "stop", params: {} }, readParts(source, head.next, [TAIL], {}));
  },
};
