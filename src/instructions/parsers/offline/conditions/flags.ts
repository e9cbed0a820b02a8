import type { Condition } from "#domain/plan.ts";

import { matchAt, pattern, type Pattern, possibleAt } from "../pattern.ts";
import type { Read, Source } from "../source.ts";
import { compare, exists, negateIf, type Scope } from "./scope.ts";

interface Flag {
  readonly field: string;
  readonly holds: boolean;
  readonly phrases: readonly string[];
}

const TO_US =
  "[back] [to] [us|me|it|that|them|anything|the|our|your|any|either] [of] [them|first|second|last|previous|email|emails|message|messages|invite|invitation]";
const MAIL = "email|emails|message|messages|mail|one|them|it|note|newsletter";

/** What a person did or is, said without a field's name. */
const FLAGS: readonly Flag[] = [
  {
    field: "replied",
    holds: true,
    phrases: [
      `+reply|+respond|+answer ${TO_US}`,
      `written|write|wrote|writes|got|gotten|get|gets|come|came|comes back [to] [us|me]`,
      "[a] reply|response|answer [has] come|came|arrives|arrived|comes [in|back] [from] [them|him|her]",
      "[a|the] reply|response|answer is|has|was [been] coming|come|there|received|given [in|back] [from] [them|him|her]",
      "[a] reply|response|answer [back] [from] [them|him|her]",
      "heard|hear back [from] [them|him|her|the] [contact|lead|prospect]",
      "heard|hear [anything|something|a] [word|peep|thing] [back] from them|him|her|it",
      "heard|hear [anything|something|a] [word|peep|thing] [back] from the|this contact|lead|prospect|person",
      "heard|hear a|anything|something [word|peep|thing] [back]",
      "heard|hear from",
      "been a reply|response",
      "got|get|gets|received a reply|response [from] [them|him|her]",
    ],
  },
  {
    field: "replied",
    holds: false,
    phrases: [
      "[there|with] [is|are|was] [been] [still] no|zero reply|replies|response|responses|answer|word [has|have] [come|came|arrived] [in|back] [from] [them|him|her|the] [contact|lead|prospect] [yet|so] [far]",
      "[there] [has|have|is|was] [still] [been] no|not [a|any] reply|response|answer [back] [from] [them|him|her|the] [contact|lead|prospect] [yet|at] [all]",
      "[we] [still] hear|heard|get|got nothing [back] [from] [them|him|her]",
      "[we] [still] [have] [not] heard|hear nothing [back]",
      "[we] get|got|receive|received no reply|response|answer [back] [from] [them|him|her|the] [contact|lead]",
      "nothing|nobody|nothing's [comes|came|come|has|heard] [come|been] [back|heard] [from] [them]",
      "radio silence",
      "nobody|noone replies|responds|answers|replied|responded|reply",
      "there is still nothing|silence",
      "[they] ignored|ignores|ghosted [us|it|me|the|our] [email|message]",
      "[is|are|been|gone|stay|stayed|goes] silent|quiet|unresponsive [since [our|the|my] [last|first|previous] email|message|mail|touch]",
      "unanswered",
      "no reply|response|answer is|was [there|coming|given] [yet]",
      "[a|the] reply|response|answer is|has|was not [been] coming|come|there|received|given [in|back|yet] [from] [them|him|her]",
      "no reply|response|answer [has|is|was] [been] received|arrived|arrives|comes|came [from] [them|him|her]",
    ],
  },
  {
    field: "openedEmail",
    holds: true,
    phrases: [
      "+open [at] [least] one|any|an|some|a [of] [our|the] email|emails|message|messages",
      `+open [up] [the|it|our|my|your|that|this|any|either|a|an|one|both|all|them|those] [of] [first|second|third|last|previous|intro|of] [our|the] [${MAIL}]`,
      `[the|our|my] ${MAIL} [is|was|has|been|gets] [been] opened`,
    ],
  },
  {
    field: "openedEmail",
    holds: false,
    phrases: [
      `[the|our|my] ${MAIL} [is|was|has] not [been] opened`,
      "unopened",
      "[there] [is|are|was|were] [been] [still] no|zero open|opens [yet]",
    ],
  },
  {
    field: "interested",
    holds: true,
    phrases: [
      "interested [in] [us|it|our|the|a] [product|offer|talking|demo|call|meeting|service]",
      "+say|+said [that] they|he|she [are|is] interested",
      "with|has|have interest [in] [us|it|our|the|a] [product|offer|demo]",
      "+show|+express|showed|shown [some|any|an] interest",
    ],
  },
  {
    field: "interested",
    holds: false,
    phrases: ["uninterested", "no interest", "[+show|+express] no interest"],
  },
  {
    field: "optedOut",
    holds: true,
    phrases: [
      "opted|opt|opts out [of] [the|our] [emails|mailing|list]",
      "opted-out",
      "asked|asks|ask [us] to be|stop|unsubscribe [removed|emailing|unsubscribed] [them|from] [the] [list]",
      "unsubscribed|unsubscribe [from] [us|emails|our|the] [emails|list]",
    ],
  },
];

const COMPILED: readonly (Flag & { readonly pattern: Pattern })[] = FLAGS.flatMap((flag) =>
  flag.phrases.map((phrase) => ({ ...flag, pattern: pattern(phrase) })),
);

function patternOf({ pattern: one }: { readonly pattern: Pattern }): readonly Pattern[] {
  return [one];
}

const AFTERWARDS = pattern(
  "(yet / already / still / at all / so far / (by|since) (then|that|now))",
);

/** "…, replies go to Bob" says nothing of who has replied. */
const WHERE_REPLIES_GO = pattern(
  "replies|responses|answers (go|come|land|arrive|going|coming / should|must|will|can|to go|come|be)",
);

/** "replied", "opened the email", "no reply", "interested"; `isNegated` when "not" stood before. */
export function readFlag(
  source: Source,
  at: number,
  scope: Scope,
  isNegated: boolean,
): Read<Condition> | undefined {
  const best = longestFlag(source, at);
  if (best === undefined || matchAt(source, at, WHERE_REPLIES_GO) !== undefined) return undefined;
  const { field, holds } = best.value;
  const name = scope.searched === "contact" ? field : `contact.${field}`;
  const next = matchAt(source, best.next, AFTERWARDS)?.next ?? best.next;
  return { value: compare(name, "==", holds !== isNegated), next };
}

function longestFlag(source: Source, at: number): Read<Flag> | undefined {
  let best: Read<Flag> | undefined;
  for (const flag of possibleAt(source, at, COMPILED, patternOf)) {
    const next = matchAt(source, at, flag.pattern)?.next ?? at;
    if (next > (best?.next ?? at)) best = { value: flag, next };
  }
  return best;
}

interface Finding {
  readonly found: boolean;
  readonly patterns: readonly Pattern[];
}

const SEARCH =
  "[the|that|this|our|your|a] [web|google|online|news] search|query|+google|results|result|it|we|you|google";

const FINDINGS: readonly Finding[] = [
  {
    found: false,
    patterns: [
      `${SEARCH} +find|+return|+come|+turn|+give|+yield|+bring|has|have|is|are|+get|produces|produced|shows|showed [found|returned] [back|up] [with] nothing|empty|none [useful|relevant|new|at|back|interesting] [all|up]`,
      `${SEARCH} +find|+return|+come|+turn|+give|+yield|+bring|has|have|shows [back|up] [with] no|zero|0 [search] results|result|hits|news|matches|articles`,
      `${SEARCH} did|does|do|has|have not +find|+return|+turn|+come|+bring|+show [back|up] [with] anything|something|any [results|news] [up]`,
      "[there] [are|is|were|was] no|zero [search|relevant|web] results|result|news|hits|matches [found|came] [back|up]",
      "[there] [is|was] nothing [relevant|new|useful] [+turn|+come|+show|+find|comes|was|is|found] [found|up|back]",
      "search.results is|are empty",
      "nothing +turn|+come|+show up|back",
      "found|find nothing",
      "not|none|nothing found",
    ].map(pattern),
  },
  {
    found: true,
    patterns: [
      `${SEARCH} did|does|has|have|+return|+find [+find|+return|+turn|+come|+bring|+show] [back|up] [with] something|anything|results|news|any|hits [results|up]`,
      `${SEARCH} +find|+return|+turn|+come|+bring|+show|+give|+yield|+get [back|up] [with] something|anything|results|news|any|some|hits|articles [results|news|up|relevant|useful]`,
      "there is|are|was|were any|some|something|anything [there|new|of|in] [interest|note|use|it]",
      "[there] is|are|was|were [any|some] [search|web] results|news|hits|something|anything [found|back|up]",
      "something|anything|results|news|any [results|news|interesting|relevant|useful|new] is|was|are|were|+turn|+come|+show [found|turned] [up|back|found|in]",
      "search.results is|are not empty",
      "found|find [something|anything]",
      "[any] [search] results|hits [found|back]",
    ].map(pattern),
  },
];

const FOUND = FINDINGS.flatMap(({ found, patterns }) =>
  patterns.map((one) => ({ found, pattern: one })),
);

const IN_SEARCH = pattern("in|from|by|on|with [the|that|this] search|web|results|query");

const MENTIONING = pattern(
  "[the|any|one|some] [of] [the] [web|search|google] results|result|headlines|headline|hits contain|contains|mention|mentions|include|includes [the|a] [word|words] <text>",
);

/** "the results mention funding". */
function readMention(source: Source, at: number): Read<Condition> | undefined {
  const match = matchAt(source, at, MENTIONING);
  if (match?.captures.text === undefined) return undefined;
  return {
    value: compare("search.results", "contains", match.captures.text),
    next: match.next,
  };
}

/** "the search found nothing", "something turns up". */
export function readFinding(source: Source, at: number): Read<Condition> | undefined {
  const mention = readMention(source, at);
  if (mention !== undefined) return mention;
  let best: Read<Condition> | undefined;
  for (const { found, pattern: phrase } of possibleAt(source, at, FOUND, patternOf)) {
    const match = matchAt(source, at, phrase);
    if (match === undefined || match.next <= (best?.next ?? at)) continue;
    const next = matchAt(source, match.next, IN_SEARCH)?.next ?? match.next;
    best = { value: negateIf(!found, exists("search.results")), next };
  }
  return best;
}
