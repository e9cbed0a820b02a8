import { wordsOf } from "../source.ts";

/** In what something may be written; none of them is a place. */
export const LANGUAGES = wordsOf(
  `italian french german english spanish dutch portuguese polish swedish danish norwegian finnish czech japanese chinese russian turkish greek
  hungarian romanian ukrainian arabic hebrew korean hindi catalan`,
);
