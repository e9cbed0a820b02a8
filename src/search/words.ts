/**
 * Words as the index holds them and as a search asks for them. A search for a word finds what begins with
 * it, so what is one thing (an address, a host, a date) is held whole and again from each of its parts on:
 * `jane@mail.acme.com` is found by `jane`, `mail.acme`, `acme.com`. Case and diacritics do not count.
 */
const JOINT = "[@._+'-]+";
const runsOf = (word: string, flags: string): RegExp =>
  new RegExp(`${word}(?:${JOINT}${word})*`, flags);
const RUNS = runsOf(String.raw`[\p{L}\p{N}\p{Mc}]+`, "gu");
/** The same, for texts of which it is known that they hold no other letters: several times as fast. */
const ASCII_RUNS = runsOf("[a-z0-9]+", "g");
const JOINTS = new RegExp(JOINT, "g");
const HAS_JOINT = new RegExp(JOINT);

/** An id is found whole, by how it begins, or by its last letters, which are what lists show of it. */
const ID = /^(?:[a-z]{2,8}_)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const LAST_OF_ID = 8;

/** What is longer counts up to here, in the index and in a search. */
const LONGEST = 80;

/** Words of letters, numbers and what joins them, in lower case and without diacritics. */
function runsIn(text: string): readonly string[] {
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase().match(ASCII_RUNS) ?? [];
  const folded = text.normalize("NFKD").replaceAll(/\p{Mn}+/gu, "");
  return folded.toLowerCase().match(RUNS) ?? [];
}

/** Adds every word by whose beginning the text is to be found. */
export function collectWords(text: string, into: Set<string>): void {
  for (const run of runsIn(text)) {
    into.add(run.slice(0, LONGEST));
    if (!HAS_JOINT.test(run)) continue;
    if (ID.test(run)) into.add(run.slice(-LAST_OF_ID));
    else addParts(run, into);
  }
}

function addParts(run: string, into: Set<string>): void {
  for (const { index, 0: joint } of run.matchAll(JOINTS)) {
    const start = index + joint.length;
    into.add(run.slice(start, start + LONGEST));
  }
}

/** The words that a search asks for, each as a beginning; none where the text holds no word. */
export function askedWords(text: string): readonly string[] {
  return [...new Set(runsIn(text).map((run) => run.slice(0, LONGEST)))];
}
