/** Text of others, made safe to print: a terminal obeys what it is sent. */

/** Colours and weights of letters: all that is let through, and only where colours are wanted. */
const STYLE = new RegExp(String.raw`^\u001B\[[\d;:]*m$`);
/** Letters that nobody sees. */
const HIDES = /[[;]0*8[;m]/;

/** What a terminal would obey. A sequence that has no end loses its beginning alone: nothing is swallowed. */
const ORDERS = [
  String.raw`(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]`, // moves, clears, colours, modes
  String.raw`(?:\u001B[\]PX^_]|[\u009D\u0090\u0098\u009E\u009F])[^\n\u0007\u001B\u009C]*(?:\u0007|\u001B\\|\u009C)`, // titles, links, the clipboard
  String.raw`\u001B[ -/]+[0-~]`, // character sets
  String.raw`\u001B[78=>DEHMNOZc]`, // single letters
].join("|");

/** Controls but for line breaks and tabs, and what lets text read otherwise than it is. */
const UNSEEN = String.raw`[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]`;

const EVERYTHING = new RegExp(`${ORDERS}|${UNSEEN}`, "g");
const BREAKS = /\r\n?/g;
const RESET = "\u001B[0m";

/** Plain text, with line breaks and tabs. */
export function harmless(text: string): string {
  return text.replaceAll(BREAKS, "\n").replaceAll(EVERYTHING, "");
}

/** The same, with the colours that a program printed; each line ends its own. */
export function harmlessInColour(text: string): string {
  const clean = text
    .replaceAll(BREAKS, "\n")
    .replaceAll(EVERYTHING, (found) => (STYLE.test(found) && !HIDES.test(found) ? found : ""));
  return clean.replaceAll(/[^\n]+/g, (line) => (line.includes("\u001B") ? line + RESET : line));
}

/** One line of it: breaks and runs of blanks are one blank. */
export function oneLine(text: string): string {
  return harmless(text).replaceAll(/\s+/g, " ").trim();
}
