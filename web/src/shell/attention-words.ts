import type { z } from "zod";

import type { ROUTES } from "#contract/routes.ts";

type Health = z.output<(typeof ROUTES)["getHealth"]["output"]>;
type Attention = NonNullable<Health["attention"]>[number];

const WORDS: Readonly<Record<Attention, string>> = {
  held: "This is a restored copy. What was open when it was made is held, since it may have gone on and sent mail: cancel what is over, then run `stint release`. What is new runs.",
  clock:
    "The clock of Stint's machine has jumped. Stint goes on by the time that has really passed: set the clock right, or run `stint release` if it is right now.",
};

/** What a person should see to, in words. */
export const attentionWords = ({ attention = [] }: Health): readonly string[] =>
  attention.map((one) => WORDS[one]);
