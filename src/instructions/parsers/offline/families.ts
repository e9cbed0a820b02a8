import type { Family } from "./clause.ts";
import { again } from "./clauses/again.ts";
import { sendEmail } from "./clauses/email.ts";
import { enrichContact } from "./clauses/enrich.ts";
import { updateField } from "./clauses/field.ts";
import { handoff } from "./clauses/handoff.ts";
import { linkedinInvitation } from "./clauses/linkedin.ts";
import { notify } from "./clauses/notify.ts";
import { remember } from "./clauses/remember.ts";
import { search } from "./clauses/search.ts";
import { skip } from "./clauses/skip.ts";
import { stop } from "./clauses/stop.ts";
import { changeTags, swapTags } from "./clauses/tag.ts";
import { createTask } from "./clauses/task.ts";
import { wait } from "./clauses/wait.ts";
import { webSearch } from "./clauses/web-search.ts";

/** Tried in this order; the narrower stand before the wider. To teach a new kind of clause, add its file here. */
export const FAMILIES: readonly Family[] = [
  again,
  skip,
  remember,
  linkedinInvitation,
  webSearch,
  createTask,
  swapTags,
  changeTags,
  enrichContact,
  handoff,
  notify,
  wait,
  updateField,
  search,
  sendEmail,
  stop,
];
