/** What an execution came to, in words: "Processed 5 contacts, sent 5 emails". */
interface Saying {
  readonly did: string;
  readonly one: string;
  readonly many: string;
}

const SAYINGS: Readonly<Record<string, Saying>> = {
  contactsProcessed: { did: "processed", one: "contact", many: "contacts" },
  companiesProcessed: { did: "processed", one: "company", many: "companies" },
  dealsProcessed: { did: "processed", one: "deal", many: "deals" },
  emailsSent: { did: "sent", one: "email", many: "emails" },
  tasksCreated: { did: "created", one: "task", many: "tasks" },
  tagsAdded: { did: "added", one: "tag", many: "tags" },
  tagsRemoved: { did: "removed", one: "tag", many: "tags" },
  fieldsUpdated: { did: "updated", one: "field", many: "fields" },
  notificationsSent: { did: "sent", one: "notification", many: "notifications" },
};

export function summarize(figures: Readonly<Record<string, number>>): string | null {
  const said = Object.entries(SAYINGS).flatMap(([name, { did, one, many }]) => {
    const n = figures[name];
    if (n === undefined || (n === 0 && name !== "contactsProcessed")) return [];
    return [`${did} ${n.toLocaleString("en-US")} ${n === 1 ? one : many}`];
  });
  const text = said.join(", ");
  return text === "" ? null : text.charAt(0).toUpperCase() + text.slice(1);
}
