import type { Span } from "#domain/plan.ts";

import { wordsOf } from "./source.ts";

/** Words that join, number, greet, thank or ask nicely: nobody asks why nothing was done about them. */
const PLAIN = wordsOf(`
  and or but so then now next also too finally lastly first firstly second secondly third last afterwards after that
  please pls plz kindly thanks thank thx ty cheers ta you so very much many lots a lot in advance
  kind warm best regards wishes sincerely yours greetings
  hi hello hey hiya yo dear good morning afternoon evening everyone all team there
  ok okay right well um umm uh uhh hmm hm er erm oh actually basically just really maybe perhaps honestly
  i we you it us me this that the to do have be will would could can should may might let lets s m d ll re ve
  want need like love appreciate go ahead begin start with on here is are am what how
  step steps task workflow following follows below
`);

/**
 * The stretches of a text that were taken for remarks, to be told to whoever wrote it: words that a person may have meant to be done.
 * Neighbours make one; of what only joins or greets nothing is told.
 */
export function toldOf(text: string, passedOver: readonly Span[]): readonly Span[] {
  return joined(text, passedOver).flatMap((span) => {
    const words = text.slice(span.start, span.end).matchAll(/[\p{L}\p{N}]+/gu);
    const isPlain = Array.from(words, ([word]) => PLAIN.has(word.toLowerCase())).every(Boolean);
    return isPlain ? [] : [trimmed(text, span)];
  });
}

/** What may stand between two words of one remark. */
const INSIDE = /^(?:[^\S\n]|[,:('’"“”/&–—-])*$/;

/** Those of a sentence that follow each other as one, in the order of the text. */
export function joined(text: string, spans: readonly Span[]): readonly Span[] {
  const all: Span[] = [];
  const said = spans.filter(({ start, end }) => /[\p{L}\p{N}]/u.test(text.slice(start, end)));
  for (const span of said.toSorted((a, b) => a.start - b.start)) {
    const last = all.at(-1);
    if (last !== undefined && INSIDE.test(text.slice(last.end, span.start)))
      all[all.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else all.push({ start: span.start, end: span.end });
  }
  return all;
}

/** From the first letter or digit to the last. */
function trimmed(text: string, { start, end }: Span): Span {
  const said = text.slice(start, end);
  const from = start + said.search(/[\p{L}\p{N}]/u);
  return { start: from, end: start + said.replace(/[^\p{L}\p{N}]+$/u, "").length };
}
