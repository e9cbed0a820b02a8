/** Every word that a phrase of the grammar is written with, and talk: none of them is a slip of the pen, or somebody's name. */
export const VOCABULARY = new Set<string>();
