import { tags } from "#crm/tags.ts";

import type { Action, Doing } from "./action.ts";
import { subjectOf } from "./subject.ts";
import { resolvedLine } from "./texts.ts";

function namesIn(doing: Doing<"add_tag" | "remove_tag">): readonly string[] {
  return doing.params.tags.map((tag) => resolvedLine(tag, doing));
}

/** Tags that are not there yet are made; adding one twice leaves one. */
export const addTag: Action<"add_tag"> = {
  run: async (doing, { store }, attempt) => {
    const { id } = subjectOf(doing);
    const names = namesIn(doing);
    attempt.write(tags(store).add(doing.scene.change, id, names));
    return { figures: { tagsAdded: names.length }, detail: { tags: names } };
  },
};

export const removeTag: Action<"remove_tag"> = {
  run: async (doing, { store }, attempt) => {
    const { id } = subjectOf(doing);
    const names = namesIn(doing);
    attempt.write(tags(store).remove(doing.scene.change, id, names));
    return { figures: { tagsRemoved: names.length }, detail: { tags: names } };
  },
};
