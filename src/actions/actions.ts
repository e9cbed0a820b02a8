import type { Verb } from "#domain/plan.ts";

import type { Action } from "./action.ts";
import { createTask } from "./create-task.ts";
import { notify } from "./notify.ts";
import { remember } from "./remember.ts";
import { sendEmail } from "./send-email.ts";
import { addTag, removeTag } from "./tag.ts";
import { updateField } from "./update-field.ts";

/** Verbs that a driver carries out through an action; searching, branching and waiting it does itself. */
const ACTIONS: { readonly [V in Verb]?: Action<V> } = {
  send_email: sendEmail,
  create_task: createTask,
  add_tag: addTag,
  remove_tag: removeTag,
  update_field: updateField,
  notify,
  remember,
};

export function actionFor<V extends Verb>(verb: V): Action<V> | undefined {
  return ACTIONS[verb];
}
