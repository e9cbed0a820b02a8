import { matchAt, matchFirst, pattern } from "../pattern.ts";
import { type Source, within } from "../source.ts";
import { saysMore } from "./hiding.ts";
import { isNameAt } from "./names.ts";
import { isOrdering } from "./statements.ts";
import { hasTask } from "./tasks.ts";

/** Statements that leave out who or what they speak of: "feels sad", "hope that's clear", "don't want to be pushy", "really keen to see it". */

const VERY =
  "[i|it|that|this|well|just|so] [really|so|very|just|super|pretty|quite|too|also|honestly|still|do]";

/** What somebody thinks: a statement of its own may follow. */
const THINKING = pattern(
  `${VERY} hope|hoping|guess|guessing|think|thinking|reckon|believe|suppose|bet|figured|figure|wish|swear|trust|assume|assuming|thought|heard|turns|seems|feels|looks|sounds [like] [out]`,
);

/** What somebody feels, about anything that nothing could be done with. */
const FEELING = [
  `${VERY} love|loved|loving|hate|hated|hating|miss|missed|enjoyed|appreciate|feel|feels|felt|looks|sounds|seems|works|helps|sucks|rocks|hurts|beats|suits|makes|made`,
  `${VERY} keen|happy|glad|excited|curious|eager|sorry|afraid|worried|sure|unsure|stoked|pumped|grateful|proud|tired|busy|swamped|thrilled|delighted|knackered|exhausted|nervous`,
  "(not / no) [really|so|too|very|100] sure|idea|clue|certain|fan|doubt|wonder",
  "can|could not [really|even|just|quite] wait|believe|remember|stand|complain|tell|thank|stress|imagine|see",
  "do|did not [really|even|just|quite] know|think|mind|care|worry|believe|remember|understand|get|see",
  "do|did|would not [really|even|just] (want|like to / wanna)",
  "never|always [quite|really] know|knew|forget|remember|liked|loved|thought|understood|fails|works",
  "[have] been [a|meaning|so|very|really|too|busy|crazy|mad|waiting|dying|ages|forever]",
  "[i|we] [keep|kept] forgetting|meaning|hearing|losing|missing|wondering|saying",
  "had|heard|forgot|saw|met|missed|spoke|got [a|an|the|some|from|with|to|about|of|it|this|that]",
  "time flies|will",
  "there|here|off you|we|it|they go|goes|are|have [it]",
  "(long / about) overdue|time",
].map(pattern);

/** How something should turn out. */
const TURNING = pattern(
  "should|would|might|could|must|will [not] [probably|all|just|really|hopefully|then|only] be|do|work|look|feel|suffice|help|match|fit [just|exactly|pretty|very|much|really]",
);
const SAME =
  "[about|roughly] (the same [as|like] / like|as / fine|good|ok|okay|great|enough|easy|quick|simple|fun|interesting|nice|plenty|perfect|straightforward|useful|handy|clear|obvious|it|all|that)";
const TURNED = pattern(SAME);

/** Behind what is left out and its verb; undefined where these words are none. */
export function elidedEnd(source: Source, at: number): Elided | undefined {
  const thinking = matchAt(source, at, THINKING)?.next;
  if (thinking !== undefined) return { next: thinking, isThought: true };
  const turning = matchAt(source, at, TURNING)?.next;
  const turned = turning === undefined ? undefined : matchAt(source, turning, TURNED)?.next;
  const next = turned ?? introEnd(source, at) ?? matchFirst(source, at, FEELING)?.next;
  return next === undefined ? undefined : { next, isThought: false };
}

/** "GDPR and all that" */
const AND_SO_ON = pattern("<bare> and all that|this|so on|stuff|the rest of it [stuff|jazz]");
/** "Rita here from rev ops", "Ana speaking" */
const HERE = pattern(
  "(here|speaking|again [from|in|at|of] / from [the|our] <bare> [office|team|side|desk] here|speaking|again)",
);

/** Who speaks, or what goes without saying. */
function introEnd(source: Source, at: number): number | undefined {
  const name = isNameAt(source, at) ? matchAt(source, at + 1, HERE)?.next : undefined;
  return name ?? matchAt(source, at, AND_SO_ON)?.next;
}

export interface Elided {
  readonly next: number;
  readonly isThought: boolean;
}

/** Whether nothing is asked, selected or ordered in the words that tell what is felt. */
export function isFelt(source: Source, from: number, to: number): boolean {
  const words = within(source, to);
  return !hasTask(words, from) && !isOrdering(words, from) && !saysMore(words, from, to);
}
