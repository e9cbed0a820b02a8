/** How a text names what the plan is working on at that moment, in the notation of patterns. */
export const EACH =
  "(<self> / them all|both / the whole|entire|full lot|list|bunch|group|batch|selection / the|our lot / all|every|each [single] [one|ones] [of] (them|those|these) / each|all|every|any [one] [of] [them|these|those|the] [contact|contacts|lead|leads|person|people|prospect|prospects|one|ones] / [the|this|that|our|your|these|those|a] contact|contacts|lead|leads|prospect|prospects|person|people|recipient|recipients|customer|customers|client|clients|guy|guys|bloke|chap|rest|remaining|others|ones [contacts|leads|ones|people|persons|customers|prospects] [left|remaining] / their contacts|people / the contacts|people there / them|him|her|it|they|everyone|everybody|anyone|those|these|whoever|one [else] [[who|that] [is|are|'s|still] [still] left|remaining|remains|remain|remained|over [on|in the list|selection]])";

/** The same, or one of the entities by its name: "the company", "each deal". */
export const ENTITY = `([the|this|that|each|every|all|these|those|our] company|companies|account|accounts|deal|deals|opportunity|opportunities|opp|opps / ${EACH.slice(1, -1)})`;
