/** Texts by which people decide: nothing in them may hide, move or reorder the rest. */

/** What a terminal obeys or a page leaves out, and what turns the direction of reading; not what joins letters and emoji. */
const UNSEEN =
  /(?![\t\n\p{Join_Control}]|\uFE0E|\uFE0F)[\p{Cc}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu;

/** The same text with each of those written out (`\u001B`): all else stays as it is and where it is. */
export function visible(text: string): string {
  return text.replaceAll(UNSEEN, (found) => written(found.codePointAt(0) ?? 0));
}

function written(point: number): string {
  const hex = point.toString(16).toUpperCase().padStart(4, "0");
  return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex}`;
}
