import { isWord, type Read, type Source, tokenAt, wordsOf } from "../source.ts";
import { isRole } from "./roles.ts";

/** Somebody told twice, by what he is or is called and by his variable: the variable is who is meant. */

const DETERMINERS = wordsOf("the our my your their");
/** Of several people a variable is no other name. */
const SEVERAL = wordsOf("team group squad department crew desk office reps managers everyone");
const NEVER = wordsOf(
  "the our my your their a an and or that to for with about saying if when then is has was who whose of on in contact contacts deal company",
);
const MOST_WORDS = 3;

type ReadUser = (source: Source, at: number) => Read<string> | undefined;

/** "our account manager, @user.am", "Anna (@user.anna)", "the sales manager @user.sm" */
export function readApposed(
  source: Source,
  at: number,
  readUser: ReadUser,
): Read<string> | undefined {
  const isTold = DETERMINERS.has(tokenAt(source, at).word);
  const first = isTold ? at + 1 : at;
  for (let end = first; end <= first + MOST_WORDS; end++) {
    const apposed = end > first ? readBehind(source, end, isTold, readUser) : undefined;
    if (apposed !== undefined) return apposed;
    if (!isOfName(source, end, isTold)) return undefined;
  }
  return undefined;
}

function isOfName(source: Source, at: number, isTold: boolean): boolean {
  const { kind, word, isCapital } = tokenAt(source, at);
  return kind === "word" && (isCapital || isTold) && !NEVER.has(word) && !SEVERAL.has(word);
}

function readBehind(
  source: Source,
  at: number,
  isTold: boolean,
  readUser: ReadUser,
): Read<string> | undefined {
  const isMarked = isWord(tokenAt(source, at), ",", "(");
  if (!isTold && !isWord(tokenAt(source, at), "(")) return undefined;
  const user = readUser(source, isMarked ? at + 1 : at);
  if (user === undefined) return undefined;
  if (!isMarked) return isOne(source, at) && !isSubject(source, user.next) ? user : undefined;
  return closed(source, user, isWord(tokenAt(source, at), "("));
}

/** Behind the mark that closes what was opened; a parenthesis has to be closed. */
function closed(
  source: Source,
  { value, next }: Read<string>,
  isInParentheses: boolean,
): Read<string> | undefined {
  const isClosed = isWord(tokenAt(source, next), isInParentheses ? ")" : ",");
  if (isInParentheses ? !isClosed : isListed(source, isClosed ? next + 1 : next)) return undefined;
  return { value, next: isClosed ? next + 1 : next };
}

/** "our manager, @user.a and @user.b" may be three. */
function isListed(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at), "and", "or", "&") && tokenAt(source, at + 1).kind !== "word";
}

const VERBS = wordsOf("is has was are were will can needs should must did does owns 's");

/** "Notify the owner @user.rep is out": what is told begins with the variable. */
function isSubject(source: Source, at: number): boolean {
  return VERBS.has(tokenAt(source, at).word);
}

/** Whether a role ends here: "our account manager". */
const isOne = (source: Source, at: number): boolean => isRole(tokenAt(source, at - 1).word);

/** "@user.am, our account manager, …", "@user.am (our account manager)": where the words end that say what he is. */
export function skipApposed(source: Source, at: number): number {
  const mark = tokenAt(source, at);
  const isTold = DETERMINERS.has(tokenAt(source, at + 1).word);
  if (!isTold || !isWord(mark, ",", "(")) return at;
  let end = at + 2;
  while (end < at + 2 + MOST_WORDS && isOfName(source, end, true)) end += 1;
  if (!isOne(source, end)) return at;
  const isInParentheses = isWord(mark, "(");
  if (isWord(tokenAt(source, end), isInParentheses ? ")" : ",")) return end + 1;
  return end >= source.end && !isInParentheses ? end : at;
}
