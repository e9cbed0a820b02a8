import { tags } from "#crm/tags.ts";

import type { Action } from "./action.ts";
import { subjectOf } from "./subject.ts";

/** Tags that are not there yet are made; adding one twice leaves one. */
export const addTag: Action<"add_tag"> = {
  run: async (doing, { store }, attempt) => {
    const { id } = subjectOf(doing);
    attempt.write(tags(store).add(doing.scene.change, id, doing.params.tags));
    return {
      figures: { tagsAdded: doing.params.tags.length },
      detail: { tags: doing.params.tags },
    };
  },
};

export const removeTag: Action<"remove_tag"> = {
  run: async (doing, { store }, attempt) => {
    const { id } = subjectOf(doing);
    attempt.write(tags(store).remove(doing.scene.change, id, doing.params.tags));
    return {
      figures: { tagsRemoved: doing.params.tags.length },
      detail: { tags: doing.params.tags },
    };
  },
};
