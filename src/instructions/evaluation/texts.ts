/** How far two texts say the same: case, quotes, spaces, hyphens and underscores do not count. */

const SMALL_WORDS: ReadonlySet<string> = new Set("a an the to for in on of".split(" "));

/** Free texts agree when so many of their words do. */
const ENOUGH = 3 / 4;

/** A task's title may keep the words that say when it is due. */
const DUE =
  /[\s,]*\b(?:due )?(?:by )?(?:in (?:\d+|an?|one|two|three|four|five|six|seven|ten) (?:minute|hour|day|week|month)s?|tomorrow|today|next (?:week|month))\s*$/i;

export function bareText(given: unknown): string {
  return String(given)
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[‘’“”"'`]/g, "")
    .replace(/[\s_-]+/g, " ")
    .trim();
}

export const bareField = (given: unknown): string => bareText(given).replaceAll(/[ _]/g, "");

export const barePerson = (given: unknown): string =>
  bareText(given).replace(/^(?:the|our|my) /, "");

export const withoutDue = (title: unknown): string => String(title).replace(DUE, "");

function wordsOf(given: unknown): readonly string[] {
  return bareText(given)
    .replaceAll(/[.,;:!?()]/g, " ")
    .split(/\s+/)
    .filter((word) => word !== "" && !SMALL_WORDS.has(word));
}

export function agreeAsTexts(expected: unknown, got: unknown): boolean {
  const [these, those] = [wordsOf(expected), wordsOf(got)];
  if (these.length === 0 && those.length === 0) return true;
  const left = [...those];
  const common = these.filter((word) => {
    const at = left.indexOf(word);
    if (at !== -1) left.splice(at, 1);
    return at !== -1;
  });
  return (2 * common.length) / (these.length + those.length) >= ENOUGH;
}
