/** Longer ones are output rather than answers, and stay as they are. */
export const LONGEST_ANSWER = 50_000;

/** Emphasis, code, links, and what begins a line of a heading, a list, a quote, a table or a block of code. */
const MARKS = /\*\S|`|\]\(|^\s*(?:#{1,6} |[-*+] |\d+[.)] |> |\||~~~)/m;

/** Whether a text has marks of Markdown: one that has none is shown as it is, for it needs nothing that reads them. */
export function hasMarks(text: string): boolean {
  return text.length <= LONGEST_ANSWER && MARKS.test(text);
}
