import { wordTable } from "./word-table.ts";
/**
 * The words the grammar knows. A verb may be written in any of its forms; a word that is not in here is a value, a
 * name, or a reason to refuse.
 */
const VERBS =
  `accept add alert answer apply arrange ask assign attach begin book browse bring build bump call cancel cap
  change check chuck classify clear click close collect come compose connect contact continue copy create delay delete
  deliver drop email end enrich escalate exclude exit export fetch file filter find finish fire flag follow forward gather
  get give go google grab halt hand have hit hold identify ignore inform invite jot keep label leave let limit list locate
  log look loop mail make mark message move need nudge omit open organize pass pause phone pick ping plan post proceed pull
  push put quit raise rank reach record reduce remember remind remove reply research respond ring route run save schedule
  search see select send set shift shoot shortlist show signal skip sleep slip snooze start stick stop store strip submit
  surface switch tag take target tell terminate text transfer turn try untag update use wait want warn withdraw write
  unsubscribe engage bounce enroll line source scan hunt dig look advise stash memorize note jot append assemble discard
  notify drop weed rule disregard overlook retain bypass kick resend touch modify invite close nurture reach enrol progress advance join register sign reset convert promote upgrade revert swap replace lower increase decrease boost lift blast ship serve toss whip chase hit nudge approach surprise
  survey circle reconnect prompt congratulate introduce thank welcome greet treat ditch lose categorize categorise reassign transfer hang sit stay halt bail
  investigate iterate top refresh supplement augment complete google buzz brief report mention issue trigger pop stick throw slap enter slide step return correct amend alter overwrite transmit entrust relay refer strike pencil slot share jot carry`
    .split(/\s+/)
    .filter((verb) => verb !== "");

const IRREGULAR: Readonly<Record<string, string>> = wordTable({
  sent: "send",
  found: "find",
  got: "get",
  gotten: "get",
  took: "take",
  taken: "take",
  wrote: "write",
  written: "write",
  told: "tell",
  made: "make",
  kept: "keep",
  held: "hold",
  gave: "give",
  given: "give",
  left: "leave",
  shot: "shoot",
  rang: "ring",
  ran: "run",
  began: "begin",
  went: "go",
  gone: "go",
  came: "come",
  slept: "sleep",
  has: "have",
  had: "have",
  having: "have",
  stuck: "stick",
  seen: "see",
  saw: "see",
  brought: "bring",
  dug: "dig",
});

const DOUBLED = new Set(
  "drop tag untag skip stop get grab plan flag log ping jot run set put let hit cap strip submit slip begin cut quit dig scan".split(
    " ",
  ),
);

function formsOf(verb: string): readonly string[] {
  const stem = /(?:[^aeiou]e|ue|ee)$/.test(verb) ? verb.slice(0, -1) : verb;
  const doubled = DOUBLED.has(verb) ? verb + (verb.at(-1) ?? "") : stem;
  const past = isSoft(verb) ? `${verb.slice(0, -1)}ied` : `${doubled}ed`;
  return [verb, thirdPersonOf(verb), past, `${doubled}ing`];
}

const isSoft = (verb: string): boolean => /[^aeiou]y$/.test(verb);

/** "moves" of "move", "replies" of "reply". */
export function thirdPersonOf(verb: string): string {
  if (isSoft(verb)) return `${verb.slice(0, -1)}ies`;
  return verb + (/(?:s|sh|ch|x|o)$/.test(verb) ? "es" : "s");
}

const LEMMAS: ReadonlyMap<string, string> = new Map([
  ...VERBS.flatMap((verb) => formsOf(verb).map((form): [string, string] => [form, verb])),
  ...Object.entries(IRREGULAR),
]);

/** Whether a word is a verb of the grammar, in any form. */
export function isVerb(word: string): boolean {
  return LEMMAS.has(word);
}

export function lemmaOf(word: string): string {
  return LEMMAS.get(word) ?? word;
}

/** Other words that a slip of the pen is put right to. */
const NOUNS =
  `about above across after again already another anyone anybody apollo assigned because before below between body
  city companies company condition contacted contain contains created custom daily day days deal deals diligently director
  each employee employees email emails enrichment equals every everybody everyone everything exactly exists field fields
  follow-up fewer friday greater headline hour hours industry interested invitation invitations instead later lead leads
  least less limit linkedin london manager memory message minute minutes monday month monthly months more morning nobody
  note nothing notification number opened opportunities opportunity otherwise people person phone pipeline profile prospect
  prospects qualified qualify quarter replied replies reply responded response result results saturday search second seconds
  skip someone somebody something stage status still subject sunday tag tagged tags task tasks template templates than
  thereafter thursday today tomorrow trigger tuesday unless until updated user value wait website wednesday week weekday
  weekdays weekly weeks whenever where with within without workflow worth please friendly personal connection
  afterwards otherwise website revenue probability owner title country address contacts email whose their morning afternoon
  evening midnight january february march april june july august september october november december regardless
  they them their then from have when that this three seven eight every
  couple reminder reminders meeting demo handoff handover sequence automatically immediately negotiation proposal enrichment customer customers account accounts prospects yesterday`
    .split(/\s+/)
    .filter((noun) => noun !== "");

export const KEYWORDS: readonly string[] = [...new Set([...LEMMAS.keys(), ...NOUNS])];

const COMMON = new Set(
  [...KEYWORDS].concat(
    `able account accounts actual alike also always amount area asap assign away back base based been best better birth both bounty
    broad case cases cash child chose clean cleans cleaned cleaning client clients clock closer coast code cold come contract contracts contest cost could count
    country course cover date dates dead dear delight demo dinner does doing done down draft early either else even event events ever
    fair fall family far fast feel fill fills filled filling final fine firm firms first flat flow food form forms found founder founders free from full fund
    funded game gold good great group grow growth half happy hard head heard heat help here high hire hired hiring home hope host hot
    hours house human idea into intro issue item items jump just kind land large last late launch leader leaders leading legal life
    light like likely line link live local long lost lots love main many mark market marketing meal mean meet meeting men mile mind
    mine most much must name named near news next nice notice offer office once only onto order other over owner page paid part party
    past plain plant play plus poor post power price pricing product proof proper quick quiet quite rather read reader real reason recent
    record renew rest retail rich right rise risk road roof room round rule said sale sales same says scale score seat seed seen seller
    send sense series shall sharp ship short should show sign site size small soft sold some soon sort space spare spot staff stale
    stand star start state stay step steps store story strong such sure talk tall team tech terms test text than thank thanks that their
    them then there these they thing think third this those though three through time tired tier title titles tool tools town track trade
    trail train travel trial true turn twin type under unit upon used user uses very view visit voice wait walk wall want wants warm
    waste watch ways wear week well went were what when which while white whole whom whose wide wild will wind wine wish word words
    work world would year years your yours zone probability reseller partner partners vendor detail details region source pending summit sweep sweeps starter holder stag ending`
      .split(/\s+/)
      .filter((word) => word !== ""),
  ),
);

export function isCommonWord(word: string): boolean {
  return COMMON.has(word);
}
