import type { Condition, TriggerEvent } from "#domain/plan.ts";

import { compare } from "../conditions/scope.ts";
import { type Captures, type Pattern, pattern } from "../pattern.ts";

/** What may happen, how it is said, and what its words say of it. */
export interface Event {
  readonly event: TriggerEvent;
  readonly patterns: readonly Pattern[];
  readonly condition?: (captures: Captures) => Condition | undefined;
}

const stageIs = ({ text }: Captures): Condition | undefined =>
  text === undefined ? undefined : compare("deal.stage", "==", text.replace(/\s+stage$/i, ""));
const tagIs = ({ text }: Captures): Condition | undefined =>
  text === undefined ? undefined : compare("contact.tags", "contains", text);

const BE = "'s|is|being|was|gets|has|got|are|get [been|just|newly] [newly|just]";
const MOVES =
  "passes|pass|passed|->|moves|moved|goes|enters|reaches|changes|advances|advanced|hits|progresses|transitions|switches|lands|slips|jumps|is|enter|move|shifts";

/** What may happen to whom: read behind the noun and what is said of it. */
export const OF_CONTACT: readonly Event[] = [
  {
    event: "tag_added",
    patterns: [
      `${BE} tagged [as|with] <text>`,
      `${BE} tagged`,
      "gets|receives|is|has|given [given|assigned|got] the|a|an <text> tag",
      "gets|receives|is [given] the tag <text>",
      "gets|receives a [new] tag",
    ].map(pattern),
    condition: tagIs,
  },
  {
    event: "email_replied",
    patterns: [
      "replies|reply|replied|responds|respond|responded|answers|answered [back] [to] [us|me|it|them / (a|an|any|our|my|one|the|your) [of] [our|the|my|your|these] [last|first|latest|sales|cold|outreach] [email|emails|message|messages|mail|mails|campaign|sequence|outreach|newsletter] / email|emails]",
      "writes|wrote|gets|write back [to] [us|me]",
    ].map(pattern),
  },
  {
    event: "email_opened",
    patterns: [
      "opens|opened|open|reads [an|our|my|the|any|one|your|a] [of] [our] email|emails|message|mail",
    ].map(pattern),
  },
  {
    event: "form_submitted",
    patterns: [
      "signs|signed|registers|registered|gets|comes [up|in|touch] [up|in|touch] via|through|on|using|from|with [the|our|a|your] [website|web|contact|demo|signup|sign-up|lead] form",
      "submits|submit|submitted|completes|completed|sends|posts|fills|filled|fill [out|in|up] [the|a|our|an|your|my] [website|web|contact|demo|signup|sign-up|lead|inquiry|enquiry|online|request] [request|us] form|forms [on] [the|our] [website|site]",
    ].map(pattern),
  },
  {
    event: "contact_created",
    patterns: [
      `${BE} created|added|imported|saved|entered [in|to|into [the|our] crm|system|database|list|pipeline]`,
      "comes|signs|shows|joins|arrives|enters|lands|appears|came|pops|turns [in|up] [in|into|to|at|through] [the|our|via] [crm|system|database|list|website|site|pipeline]",
      "gets|ends|makes|comes [it] [up] in|into|to|onto [the|our] crm|system|database|list|pipeline",
      "created|added",
    ].map(pattern),
  },
  {
    event: "contact_updated",
    patterns: [
      `${BE} updated|changed|edited|modified`,
      "updated|changed",
      "changes|updates [their] [details|record|profile]",
      "record|details|profile changes|change",
    ].map(pattern),
  },
];

export const OF_DEAL: readonly Event[] = [
  {
    event: "deal_created",
    patterns: [`${BE} created|opened|added|logged|entered`, "created"].map(pattern),
  },
  {
    event: "deal_stage_updated",
    patterns: [
      `'s [pipeline] stage changes|moves|updates|becomes|switches|is|gets|turns [changed|set|updated|moved] to|into <text>`,
      "stage changes|changed|becomes|is|moves|moved|updated [changed|set] to|into <text>",
      "stage becomes|turns|hits|reaches|goes [to] <text>",
      "[pipeline] stage ->|=|==|: <text>",
      "'s [pipeline] stage changes|moves|updates|is|gets|has [been] [changed|updated|set|moved]",
      "changes|moves|changed|moved|advances stage|stages",
      "stage changes|moves|updates|is|gets [changed|updated]",
      "[pipeline] stage changed|updated|change|update",
      "comes|gets|goes|arrives|lands|falls|drops into|in|to [the] stage <text>",
      "has|have|is|was|gets|got|being [just] [been] moved|passed|pushed|set|marked|changed|shifted|switched|advanced|progressed [on|over|forward] to|into|as [the] [stage] <text> [stage]",
      `${MOVES} [been] [moved|pushed|set|marked|changed|into|in|over|forward|on] [its] [stage] [to|into|in|as|from] [the] [stage] <text> [stage]`,
    ].map(pattern),
    condition: stageIs,
  },
  { event: "deal_created", patterns: ["comes|lands|arrives in"].map(pattern) },
  {
    event: "deal_updated",
    patterns: [
      `[value|amount|owner|property|field] ${BE} updated|changed|edited|modified`,
      "[value|amount|owner|property|field] changes|updates|updated|changed",
    ].map(pattern),
  },
];

export const WON: readonly Event[] = [
  {
    event: "deal_stage_updated",
    patterns: [`${BE} won|closed-won`, "closes as won", "[closed] won", "closed-won"].map(pattern),
    condition: () => compare("deal.stage", "==", "Closed Won"),
  },
  {
    event: "deal_stage_updated",
    patterns: [`${BE} lost|closed-lost`, "closes as lost", "[closed] lost", "closed-lost"].map(
      pattern,
    ),
    condition: () => compare("deal.stage", "==", "Closed Lost"),
  },
];

/** Events told without their subject. */
export const ALONE: readonly Event[] = [
  {
    event: "deal_stage_updated",
    patterns: [
      `[the|its|a] [pipeline] stage ${BE} changed|set|updated|moved|switched to|into <text>`,
      "[the|its|a] [pipeline] stage changes|moves|updates|switches|becomes|turns to|into <text>",
    ].map(pattern),
    condition: stageIs,
  },
  {
    event: "form_submitted",
    patterns: [
      "[a|any|the|every|each] [new] [website|web|contact|demo|signup|lead] form comes|came|arrives in [from] [the|our] [website|site]",
      "[new|every|each|any|website|web|contact|demo] form submission|submitted|submit|entry|entries|response|submissions|filled|fill|completed|in [in|out]",
      `[a|the|our|an|every|each|any] [new] [website|web|contact|demo|signup|lead|inquiry] [request] form ${BE} submitted|filled|completed|sent|received [in|out]`,
      "[a|the|our|any|another] [new] [website|web|contact|demo|signup|lead|inquiry|request] form comes|arrives|lands|came in [from|via|on] [the|our] [website|site|web]",
      "[a|the|our|every|each|any|new] [new] [website|web|contact|demo|signup|lead] form submission|submissions|submit [comes|arrives|is|lands] [in|received]",
      "(receipt of / receiving) a|an|the [completed|new|filled] [website|web|contact|demo|inquiry|enquiry] form [submission]",
      "[a|every|each|new] [new] submission [comes|arrives] [in] [of|to|from|through|via] [the|our] form",
    ].map(pattern),
  },
  {
    event: "email_replied",
    patterns: [
      "[a|any|every|each|the|new|an] [new] [email] reply|response [comes|arrives|lands|is|came] [in|received] [from] [a|any|the] [contact|lead|prospect|someone|anyone]",
      "an|any|our|the email is|gets replied|answered [to]",
      "[we|i|you] get|receive|gets a|any reply|response [from|back] [from] [a|any|the] [contact|lead|prospect]",
      "[email] reply|response received|in",
      "[every|each|any|a] reply|replies|response [received|in] [from|by] [a|any] [contact|lead|prospect|person]",
      "(receipt of / receiving) a|any [email] reply|response|answer [to|from] [a|any|our] [contact|lead|prospect|email|emails]",
    ].map(pattern),
  },
  {
    event: "email_opened",
    patterns: [
      `[an|the|our|any|every|each|a] email|message|emails [of|from] [ours|us] ${BE} opened [by] [a|any|the] [contact|lead|prospect]`,
      "[on] email open|opens|opened",
    ].map(pattern),
  },
  {
    event: "email_opened",
    patterns: [
      `[an|the|our|any|every|each|a] email|message|emails ${BE} opened [by] [a|any|the] [contact|lead|prospect]`,
    ].map(pattern),
  },
  {
    event: "tag_added",
    patterns: [
      `[the|a|any] tag <text> ${BE} added|applied [to|on] [a|any|the] [contact|lead]`,
      `[a|any|the] [new] tag ${BE} added|applied [to|on] [a|any|the] [contact|lead]`,
      `[the|a] <text> tag ${BE} added|applied [to|on] [a|any|the] [contact|lead]`,
      "[the|a|new] tag added|applied [to|on] [a|any|the] contact|lead",
      "[the|a|new] tag added|applied [=|:|is|->] <text>",
      "[the|a|new] tag added|applied",
      "[the|a|new] tag [=|:|->] <quoted> [added|applied]",
      "[the|a] <quoted> tag [is|gets] added|applied",
    ].map(pattern),
    condition: tagIs,
  },
  {
    event: "contact_created",
    patterns: [
      "[we|i|you] get|receive|have|gain a|any|another [new] lead|contact|signup|sign-up|prospect [from|via|through|on] [the|our] [website|site|web]",
    ].map(pattern),
  },
  { event: "contact_created", patterns: ["[a|every|each|new] contact creation"].map(pattern) },
  {
    event: "contact_updated",
    patterns: ["contact|lead|prospect updated|changed|edited|modified"].map(pattern),
  },
  {
    event: "deal_updated",
    patterns: ["deal|opportunity|opp updated|edited|modified"].map(pattern),
  },
  {
    event: "deal_created",
    patterns: [
      "[a|every|each|new] deal creation",
      "[a|any|every|each] new deal|opportunity|opp in [the|our] crm|system|pipeline",
      "[the] creation of a|any|each|every [new] deal|opportunity",
      "is|gets|was|has [been] created|added|opened|registered a|an|one|the|any [new] deal|opportunity",
      "watch [for] new deals|opportunities",
      "watch deals|opportunities \\( new|created|creation \\)",
    ].map(pattern),
  },
  {
    event: "contact_created",
    patterns: [
      "[the] creation of a|any|each|every [new] contact|lead",
      "is|gets|was|has [been] created|added|registered a|an|one|the|any [new] contact|lead|prospect",
      "watch [for] new contacts|leads",
      "watch contacts|leads \\( new|created|creation \\)",
    ].map(pattern),
  },
  { event: "deal_updated", patterns: ["[a|any|every|each] deal update|updates"].map(pattern) },
  {
    event: "contact_updated",
    patterns: ["[a|any|every|each] contact update|updates"].map(pattern),
  },
  { event: "form_submitted", patterns: ["new form [submission|entry|response|in]"].map(pattern) },
  { event: "email_replied", patterns: ["new reply|response [in]"].map(pattern) },
];
