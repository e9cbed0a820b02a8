/** Every word that a phrase of the grammar is written with: none of them is a slip of the pen. */
export const VOCABULARY = new Set<string>();
