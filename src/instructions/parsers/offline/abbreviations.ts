import { wordTable } from "./word-table.ts";

/** Short for words of the grammar, and the marks that are written for words. */
export const SHORT: Readonly<Record<string, string>> = wordTable({
  li: "linkedin",
  "linked-in": "linkedin",
  tmrw: "tomorrow",
  tmw: "tomorrow",
  tmr: "tomorrow",
  "w/": "with",
  "w/o": "without",
  ppl: "people",
  peeps: "people",
  folks: "people",
  acct: "account",
  accts: "accounts",
  co: "company",
  cos: "companies",
  biz: "business",
  bizs: "businesses",
  oppty: "opportunity",
  msg: "message",
  msgs: "messages",
  emp: "employees",
  emps: "employees",
  ees: "employees",
  fte: "employees",
  ftes: "employees",
  wk: "week",
  wks: "weeks",
  hr: "hour",
  hrs: "hours",
  min: "minutes",
  mins: "minutes",
  yr: "year",
  yrs: "years",
  mo: "month",
  mos: "months",
  qtr: "quarter",
  qtrs: "quarters",
  mgr: "manager",
  mgrs: "managers",
  resp: "response",
  notif: "notify",
  desc: "description",
  ind: "industry",
  rev: "revenue",
  prob: "probability",
  addr: "address",
  ph: "phone",
  tel: "phone",
  thru: "through",
  bc: "because",
  r: "are",
  u: "you",
  ur: "your",
});

/** What is written short with a full stop that ends no sentence: before a small letter, a number or a mark. */
export const WITH_STOP =
  /(?:cos?|opps?|accts?|corp|inc|ltd|approx|emps?|wks?|hrs?|mins?|mos?|yrs?|mgrs?|dept|incl|excl|max|vs)\.(?=\s+[\p{Ll}\p{N}=<>(])/iuy;

const UNMARKED_WORDS =
  `haven't hasn't hadn't didn't doesn't don't isn't aren't wasn't weren't won't can't couldn't shouldn't wouldn't
  they've they're we've you've they'll that's who's there's let's`.split(/\s+/);

/** Contractions as they are typed in haste. */
export const UNMARKED: Readonly<Record<string, string>> = wordTable({
  ...Object.fromEntries(UNMARKED_WORDS.map((word) => [word.replaceAll("'", ""), word])),
  "ain't": "isn't",
  aint: "isn't",
  "dosn't": "doesn't",
  dosnt: "doesn't",
  "have'nt": "haven't",
  "has'nt": "hasn't",
  "did'nt": "didn't",
  "does'nt": "doesn't",
  "is'nt": "isn't",
  "do'nt": "don't",
});
