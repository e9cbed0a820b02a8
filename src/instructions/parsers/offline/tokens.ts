import { MISSPELLED, SHORT, UNMARKED, WITH_STOP } from "./abbreviations.ts";
import { lemmaOf } from "./lexicon.ts";
import { correct } from "./spelling.ts";
import { wordTable } from "./word-table.ts";

export type TokenKind =
  | "word"
  | "number"
  | "time"
  | "ordinal"
  | "quoted"
  | "variable"
  | "email"
  | "mark";

/** One word, number, quoted text, variable or mark, with its place in the text. */
export interface Token {
  readonly kind: TokenKind;
  /** As it is compared: lower case, straight apostrophes, slips of the pen put right. A mark is itself; a quoted text has its quotes. */
  readonly word: string;
  /** The base form of a verb: `send` for "sent" and "sending"; else the word. */
  readonly lemma: string;
  /** As it was written; of quoted text what stands between the quotes. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Of a number its value, of a time its minutes since midnight. */
  readonly value: number;
  readonly isCapital: boolean;
  /** Whether white space, or nothing at all, stands before it. */
  readonly isApart: boolean;
}

interface Form {
  readonly kind: TokenKind | "space";
  readonly form: RegExp;
}

const ROOTS = "contact|company|deal|form|memory|search|user";
const LETTERS = String.raw`[\p{L}_][\p{L}\p{N}_]*`;

/** "Deal.Stage", "Contact.LeadScore": a field's path as other tools write it, told from a sentence's end by its second word. */
const CAPITAL_PATH =
  /(?:Contact|Company|Deal)\.(?:(?:Stage|Status|Title|Value|Industry|Name|Email|Phone|City|Country|Owner|Tags|Source|Score|Employees|Website)(?![\p{L}\p{N}])|\p{Lu}\p{Ll}+\p{Lu}[\p{L}\p{N}]*)/uy;

/** Tried in this order at each place. */
const FORMS: readonly Form[] = [
  { kind: "space", form: /[^\S\n]+/uy },
  {
    kind: "space",
    form: /(?<=(?:send|create|add|remove|update|search|web|linkedin|enrich|hand))_(?=(?:email|task|tag|field|contact|compan|deal|search|invit|off))/iuy,
  },
  { kind: "mark", form: /\n/uy },
  { kind: "quoted", form: /"[^"\n]{1,2000}"|“[^”\n]{1,2000}”|«[^»\n]{1,2000}»|`[^`\n]{1,2000}`/uy },
  {
    kind: "email",
    form: /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4}/uy,
  },
  {
    kind: "variable",
    form: /@[\p{L}_]\w*(?:\.[\p{L}_]\w*|\[\d{1,4}\])*(?:\|(?:"[^"\n]*"|[\p{L}\p{N}_-]+))?/uy,
  },
  { kind: "word", form: /(?<=[\w\]])['’]s(?![\p{L}\p{N}])/uy },
  { kind: "time", form: /\d{1,2}:\d{2}(?!\d)/uy },
  { kind: "ordinal", form: /\d{1,2}(?:st|nd|rd|th)(?![\p{L}\p{N}])/iuy },
  {
    kind: "number",
    form: /[$€£]?(?:\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.\d{1,6})?(?:\s?%|[kK](?![\p{L}\p{N}])|M(?![\p{L}\p{N}])|m(?![\p{L}\p{N}])(?<=[$€£][\d.,]{1,20}m|(?:revenue|rev|arr|turnover|value|amount|worth|budget)(?:[\s<>=≥≤:$]|is|at|of|over|above|under|below|than|least|most|more|less){0,12}[\d.,]{1,20}m)|mm?(?=\s*(?:in|deal|ARR))|bn(?![\p{L}]))?/uy,
  },
  { kind: "mark", form: /->|=>|→|➜|⇒|>=|<=|!=|<>|==|≥|≤|&&|\|\||—|–|[^\p{L}\p{N}\s]/uy },
  { kind: "word", form: new RegExp(String.raw`(?:${ROOTS})(?:\.${LETTERS}|\[\d{1,4}\])+`, "uy") },
  { kind: "word", form: CAPITAL_PATH },
  { kind: "word", form: /(?<=\d)[dh](?=\d{1,2}[hm](?![\p{L}\p{N}]))/iuy },
  { kind: "word", form: /[ap]\.m(?:\.|(?![\p{L}\p{N}]))/iuy },
  { kind: "word", form: /(?:f\/u|w\/o?|n\/a|and\/or)(?![\p{L}\p{N}])/iuy },
  { kind: "word", form: WITH_STOP },
  {
    kind: "word",
    form: /(?:send|create|add|remove|update|search|web|linkedin|enrich|hand)(?=_(?:email|task|tag|field|contact|compan|deal|search|invit|off))/iuy,
  },
  { kind: "word", form: /[\p{L}_][\p{L}\p{N}_]*(?:['’][\p{L}]+|-[\p{L}\p{N}_]+)*/uy },
];

const WORD_FIRST = /[\p{L}_]/u;
const SINGLE_QUOTED = /['‘]((?=\S)[^\n]{1,2000}?)['’](?![\p{L}\p{N}])/uy;

export function readTokens(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let isApart = true;
  while (at < text.length) {
    const quoted =
      isApart || "([:,={".includes(text[at - 1] ?? " ")
        ? matchAt(SINGLE_QUOTED, text, at)
        : undefined;
    const found: Found =
      quoted === undefined ? findForm(text, at) : { kind: "quoted", length: quoted.length };
    const end = at + found.length;
    const mark = found.kind === "mark" ? readWordMark(text, at) : undefined;
    if (mark !== undefined) tokens.push(wordToken(text.slice(at, end), mark, at, isApart));
    else if (found.kind !== "space")
      tokens.push(...tokensOf(found.kind, text.slice(at, end), at, isApart));
    isApart = found.kind === "space" || text[at] === "\n";
    at = end;
  }
  return tokens;
}

interface Found {
  readonly kind: TokenKind | "space";
  readonly length: number;
}

function matchAt(form: RegExp, text: string, at: number): string | undefined {
  form.lastIndex = at;
  return form.exec(text)?.[0];
}

/** "@ Acme", "!replied" and "10k+": marks that are written for words. */
const WORD_MARKS: readonly { readonly form: RegExp; readonly word: string }[] = [
  { form: /(?<=^|[\s(,])@(?=\s)/uy, word: "at" },
  { form: /(?<=^|[\s(,])!(?=\p{L}|\s?\()/uy, word: "not" },
  { form: /(?<=^|[\s(,;:])[-–](?=(?:tags?|labels?)(?![\p{L}\p{N}]))/iuy, word: "remove" },
  { form: /(?<=^|[\s(,;:])\+(?=(?:tags?|labels?)(?![\p{L}\p{N}]))/iuy, word: "add" },
  { form: /(?<=[\dkM])\+(?![\p{L}\p{N}])/uy, word: "upwards" },
];

function readWordMark(text: string, at: number): string | undefined {
  return WORD_MARKS.find(({ form }) => matchAt(form, text, at) !== undefined)?.word;
}

function findForm(text: string, at: number): Found {
  const isLetter = WORD_FIRST.test(text[at] ?? "");
  for (const { kind, form } of FORMS) {
    if (isLetter && kind !== "word" && kind !== "email" && text[at] !== "_") continue;
    const match = matchAt(form, text, at);
    if (match !== undefined) return { kind, length: match.length };
  }
  return { kind: "mark", length: 1 };
}

function tokensOf(kind: TokenKind, raw: string, start: number, isApart: boolean): Token[] {
  if (kind === "word") return wordTokens(asPath(raw), start, isApart);
  const text = kind === "quoted" ? raw.slice(1, -1) : raw;
  const word = wordOf(kind, raw, text);
  const place = { start, end: start + raw.length };
  return [
    {
      kind,
      word,
      lemma: word,
      text,
      ...place,
      value: valueOf(kind, raw),
      isCapital: false,
      isApart,
    },
  ];
}

/** A quoted text is no word of the grammar, whatever it says. */
function wordOf(kind: TokenKind, raw: string, text: string): string {
  if (kind === "mark") return MARKS[raw] ?? raw;
  return kind === "quoted" ? `"${text.toLowerCase()}"` : text.toLowerCase();
}

/** Marks that mean the same. */
const MARKS: Readonly<Record<string, string>> = wordTable({
  "=>": "->",
  "→": "->",
  "➜": "->",
  "⇒": "->",
  "≥": ">=",
  "≤": "<=",
  "<>": "!=",
  "—": "–",
  "&&": "&",
  "||": "or",
  "•": "•",
  "◦": "•",
});

const SCALES: Readonly<Record<string, number>> = wordTable({ k: 1e3, m: 1e6, b: 1e9 });

function valueOf(kind: TokenKind, raw: string): number {
  if (kind === "time") {
    const [hours = 0, minutes = 0] = raw.split(":").map(Number);
    return hours * 60 + minutes;
  }
  if (kind !== "number" && kind !== "ordinal") return Number.NaN;
  const digits = Number.parseFloat(raw.replace(/[$€£,]/g, ""));
  const scale = kind === "ordinal" ? 1 : (SCALES[/[kmb]/i.exec(raw)?.[0].toLowerCase() ?? ""] ?? 1);
  return Math.round(digits * scale * 1e6) / 1e6;
}

const CONTRACTIONS: Readonly<Record<string, string>> = wordTable({
  "n't": "not",
  "'ve": "have",
  "'re": "are",
  "'d": "would",
  "'ll": "will",
  "'m": "am",
  "'s": "'s",
});

const WHOLE: Readonly<Record<string, string>> = wordTable({
  "can't": "can",
  "won't": "will",
  "shan't": "shall",
  "let's": "let",
});

/** As fields are named here: "Deal.StageName" is deal.stageName. */
function asPath(raw: string): string {
  const isPath = /^\p{Lu}\p{L}*\.\p{Lu}/u.test(raw);
  return isPath ? raw.replace(/^\p{Lu}|\.\p{Lu}/gu, (letter) => letter.toLowerCase()) : raw;
}

/** "haven't" is have + not, "they've" they + have, "contact's" contact + 's; each keeps its part of the span. */
function wordTokens(raw: string, start: number, isApart: boolean): Token[] {
  const lower = raw.toLowerCase().replaceAll("’", "'");
  const typed = spellOut(raw, lower);
  const tail = TAIL.exec(typed)?.[0];
  if (tail === undefined || typed.length === tail.length) {
    const word = isFieldName(raw) ? typed : correct(typed, isUpper(raw));
    return [wordToken(raw, word, start, isApart)];
  }
  const cut = raw.length - (lower === typed ? tail.length : tail.length - 1);
  const stem = WHOLE[typed] ?? correct(typed.slice(0, -tail.length), isUpper(raw));
  const head = wordToken(raw.slice(0, cut), stem, start, isApart);
  return [head, wordToken(raw.slice(cut), wordOfTail(tail, head.word), start + cut, false)];
}

/** What is written short, in full. "Co", "Rev" and the like with a capital are part of a name. */
function spellOut(raw: string, lower: string): string {
  const isShort = lower.length > 1 && lower.endsWith(".") && !TIME_OF_DAY.test(lower);
  const whole = isShort ? lower.slice(0, -1) : lower;
  const full =
    UNMARKED[whole] ?? (NAME_PARTS.test(raw) ? undefined : (MISSPELLED[whole] ?? SHORT[whole]));
  return full ?? whole;
}

const TIME_OF_DAY = /^[ap]\.m\.$/;
const NAME_PARTS = /^(?:Co|Ind|Rev|Min|Mo|Ph|R|U|Desc|Resp|Mor|Ths|OT|TI|FO|TH)$/;

const TAIL = /(?:n't|'(?:ve|re|d|ll|m|s))$/;

function wordOfTail(tail: string, head: string): string {
  if (tail === "'s" && head === "let") return "us";
  if (tail === "'s" && BEFORE_IS.has(head)) return "is";
  return CONTRACTIONS[tail] ?? tail;
}

/** Behind these 's is a verb, behind anything else it is a possessive. */
const BEFORE_IS = new Set([
  "it",
  "there",
  "that",
  "who",
  "what",
  "he",
  "she",
  "here",
  "this",
  "nothing",
  "everyone",
  "someone",
  "nobody",
]);

/** "leadScroe": what is written like a field's name is one, known or not. */
function isFieldName(text: string): boolean {
  return /\p{Ll}\p{Lu}/u.test(text);
}

function isUpper(text: string): boolean {
  return /^\p{Lu}/u.test(text);
}

function wordToken(text: string, word: string, start: number, isApart: boolean): Token {
  const isCapital = isUpper(text);
  const end = start + text.length;
  return {
    kind: "word",
    word,
    lemma: lemmaOf(word),
    text,
    start,
    end,
    value: Number.NaN,
    isCapital,
    isApart,
  };
}
