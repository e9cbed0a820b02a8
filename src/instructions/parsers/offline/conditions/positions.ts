import { readText } from "../readers/values.ts";
import { type Read, type Source, tokenAt, wordsOf } from "../source.ts";

const POSITIONS =
  wordsOf(`ceo cfo cto cmo coo cio cro cpo ciso cso chro vp svp evp avp director manager founder co-founder cofounder owner
  president chairman chair head chief engineer buyer executive analyst architect consultant developer recruiter controller
  principal officer designer administrator coordinator specialist investor marketer accountant lawyer editor producer
  scientist strategist technician programmer professor dean superintendent supervisor planner treasurer chancellor
  sdr bdr ae csm pm journalist researcher assistant intern exec execs gm md hr-manager`);

/** What a position may be responsible for, right behind it: "VP Sales", "Director Marketing". */
const AREAS =
  wordsOf(`sales marketing engineering eng product finance operations ops growth hr people it data security procurement
  success revenue legal design technology tech partnerships purchasing logistics strategy communications talent revops
  compliance recruiting demand`);

const SENIOR = wordsOf("vp svp evp avp director head chief manager");

function singular(word: string): string {
  return word.toLowerCase().endsWith("s") && !/ss$/i.test(word) ? word.slice(0, -1) : word;
}

function isPosition(word: string): boolean {
  return POSITIONS.has(singular(word));
}

const MOST_WORDS = 4;

/** "VPs", "founders", "Heads of Growth", "marketing directors", "VP Sales": what somebody is. */
export function readPosition(source: Source, at: number): Read<string> | undefined {
  for (let last = at; last < at + MOST_WORDS; last++) {
    const token = tokenAt(source, last);
    if (token.kind !== "word") return undefined;
    if (isPosition(token.word)) return withArea(source, at, last);
    if (NO_POSITION.has(token.word) && token.text !== "IT") return undefined;
  }
  return undefined;
}

function withArea(source: Source, at: number, last: number): Read<string> {
  const { text, start, word } = tokenAt(source, last);
  const title = source.text.slice(tokenAt(source, at).start, start) + singular(text);
  if (tokenAt(source, last + 1).word === "of") {
    const area = readText(source, last + 2);
    if (area !== undefined && !NO_AREA.has(tokenAt(source, last + 2).word))
      return { value: `${title} of ${area.value}`, next: area.next };
  }
  const area = tokenAt(source, last + 1);
  const isArea = SENIOR.has(singular(word)) && area.kind === "word" && AREAS.has(area.word);
  return isArea
    ? { value: `${title} ${area.text}`, next: last + 2 }
    : { value: title, next: last + 1 };
}

/** "CFOs of companies in Retail" are CFOs. */
const NO_AREA = wordsOf(
  "companies company firms firm accounts startups businesses organisations organizations any all each every",
);

const NO_POSITION =
  wordsOf(`reach like help meet impress convince invite engage love know who that which with without in from at and or the a an to for contacts contact people companies deals is are not
  of on by after before during until since about near among between while because through onto into upon within per via across around tagged leads lead prospects prospect all any every each title contains contain containing includes including
  has have email tags tag over under more less whose where = new hot cold warm qualified unqualified active inactive churned
  except excepting excluding excluded other besides minus apart aside barring skipping ignoring omitting dropping leaving filtering weeding taking including
  no zero missing lacking some only just both either neither nor but assigned owned if then them they he she it as up out our my your their its this these those company deal person
  preferably mostly mainly ideally especially particularly primarily predominantly usually maybe perhaps possibly probably currently also even`);
