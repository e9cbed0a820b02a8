import { pattern, type Pattern } from "../pattern.ts";
import { WHOLES } from "../wholes.ts";

/** What a label says of the words behind it. */
export type Meaning =
  /** Nothing: "Steps:", "Action 2:", "Do:". */
  | "structure"
  /** The words name the whole: "Workflow: Inbound triage". */
  | "name"
  /** They say what it is for: "Goal: …". */
  | "goal"
  | "trigger"
  /** An event by another label, which the grammar of triggers reads. */
  | "event"
  /** Days and times. */
  | "schedule"
  /** Where there is one, when it starts, else whom it is for: "Enrollment: …". */
  | "entry"
  | "audience"
  /** What those are like whom the line before names. */
  | "filter"
  | "exclusion"
  | "limit"
  | "condition"
  | "yes"
  | "no"
  /** Whether somebody may come back: "Re-enrollment: off". */
  | "return"
  /** When somebody leaves: "Exit criteria: …". */
  | "exit"
  | "email"
  | "task"
  | "wait"
  | "enrich"
  | "notify"
  | "set"
  | "tag"
  | "invitation";

export interface Label {
  readonly meaning: Meaning;
  readonly form: Pattern;
  /** It is one only with its number or letter: "Touch 2:". */
  readonly isNumbered: boolean;
}

const FORMS: readonly (readonly [Meaning, string, "numbered"?])[] = [
  ["structure", "[the|main|workflow|automation|email|outreach|sequence] steps|actions|tasks|body"],
  ["structure", "step|action|do"],
  ["structure", "then do"],
  ["structure", "immediate|scheduled actions|action"],
  ["structure", "module|element"],
  ["structure", "[then] do this|that"],
  ["structure", "for|foreach [each] [contact|company|deal|one|result|of] [of] [them]"],
  ["structure", "node|stage|phase|touch|touchpoint|block|part|no", "numbered"],
  ["name", `[${WHOLES}] name|title`],
  ["name", WHOLES],
  [
    "goal",
    "[the|our|campaign|workflow|business] goal|objective|purpose|aim|description|background|rationale|hypothesis|kpi|metric|notes|comment|comments|tone|summary|outcome",
  ],
  [
    "trigger",
    "[re-enrollment|enrollment|enrolment|enrolling|entry|start|starting|workflow|automation|main|contact|deal] trigger|triggers [event|type|condition|when]",
  ],
  [
    "trigger",
    "[it] starts|start|begins|begin|fires|fire|runs|triggers|kicks [off] when|whenever|on|upon",
  ],
  ["trigger", "start|starting event|condition|point"],
  ["event", "event|when|on"],
  ["trigger", "webhook [trigger]"],
  ["schedule", "schedule|frequency|cron|cadence|timing"],
  ["trigger", "when|if this [happens]"],
  [
    "entry",
    "re-enrollment|enrollment|enrolment|entry criteria|criterion|condition|conditions|rule|rules",
  ],
  ["entry", "enrollment|enrolment|entry|enrol|enroll|enters|enrolled [when|if]"],
  [
    "return",
    "[allow] re-enroll|re-enrol|re-enrollment|re-enrolment|reenroll|reenrollment|re-entry|reentry [trigger|triggers|criteria]",
  ],
  [
    "audience",
    "[the|target|initial|contact|deal|company] audience|segment|targets|target|recipients|population|cohort|targeting|selection|query|prospects|icp",
  ],
  ["audience", "[the|target|smart|active|static|contact] list"],
  ["audience", "send|sent to"],
  ["audience", "get|find|list|search records|record|contacts|persons|people|rows"],
  ["audience", "who|whom|people|contacts|leads|companies|deals|accounts"],
  [
    "filter",
    "[the|segment|audience|additional|list|search] filter|filters|criteria|where|matching",
  ],
  [
    "exclusion",
    "[the|audience|global] suppression|suppress|suppressions|exclusion|exclusions|exclude|excludes|excluded|excluding|skip|blocklist|blacklist|except|unless [list|lists|criteria|rule|rules|filter|segment|if]",
  ],
  ["exclusion", "do not enroll|enrol|include|contact|email|target"],
  [
    "limit",
    "[the|contact|audience|batch|daily|max|maximum|record] limit|max|cap|maximum|count|size [contacts|records|size]",
  ],
  [
    "condition",
    "if|yes|true|then /|or then|else|no|false [branch|split|logic|check|condition|step|element|node]",
  ],
  [
    "condition",
    "if-then|if/then|conditional|condition|decision|check|branch|branching|fork|gate|rule|question [branch|split|logic|check|condition|step|element|node]",
  ],
  ["condition", "if|switch node|element|module|block|condition|check|split"],
  ["condition", "path|route|arm|variant|scenario|case", "numbered"],
  ["yes", "[if] yes|true|y|met|matched branch|path|side|leg|arm|route|case"],
  ["yes", "[if] yes|true"],
  ["yes", "met|matched"],
  ["no", "[if] no|false|n|else|otherwise|default|fallback branch|path|side|leg|arm|route|case"],
  ["no", "[if] no|false"],
  ["no", "default|fallback"],
  ["no", "not|none met|matched"],
  [
    "exit",
    "exit|exits|unenroll|unenrol|unenrollment|unenrolment|leave|leaves|end|ends [criteria|criterion|condition|conditions|rule|rules|event|workflow|flow] [when|if|on]",
  ],
  [
    "email",
    "[automated|automatic|auto|marketing|manual|send|one-off|follow-up] [an] email|e-mail [step|template]",
  ],
  ["task", "[manual|create|call|add|phone|new|follow-up|to] [a|an|call] task|to-do|todo"],
  ["email", "template"],
  ["task", "call [step]"],
  ["task", "[add|new|create] [an] activity"],
  ["wait", "[time|fixed|set] delay|wait|pause|timer|hold|sleep [step|time|for|element|node|block]"],
  ["enrich", "[data|contact] enrich|enrichment [contact|contacts|step|data]"],
  ["notify", "[send] [internal|team|owner|rep|in-app] notification|alert|notify [email]"],
  [
    "set",
    "set|update|change [contact|company|deal|the] [property|field|record|records|properties|fields]",
  ],
  [
    "set",
    "[contact|company|deal] field|property update|updates|change|changes [on] [the] [contact|company|deal]",
  ],
  ["tag", "apply|add|assign|set tag|tags|label"],
  ["tag", "tag|tags|tagging"],
  [
    "invitation",
    "linkedin|li [step] [connection|invitation|invite|connect|request|touch] [request]",
  ],
];

export const LABELS: readonly Label[] = FORMS.map(([meaning, form, numbered]) => ({
  meaning,
  form: pattern(form),
  isNumbered: numbered !== undefined,
}));
