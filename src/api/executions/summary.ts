/** What an execution came to, in words: "Processed 5 contacts, sent 5 emails". */
type Figures = Readonly<Record<string, number>>;

interface Saying {
  readonly did: string;
  readonly one: string;
  readonly many: string;
}

const SAYINGS: Readonly<Record<string, Saying>> = {
  emailsSent: { did: "sent", one: "email", many: "emails" },
  tasksCreated: { did: "created", one: "task", many: "tasks" },
  tagsAdded: { did: "added", one: "tag", many: "tags" },
  tagsRemoved: { did: "removed", one: "tag", many: "tags" },
  fieldsUpdated: { did: "updated", one: "field", many: "fields" },
  notificationsSent: { did: "sent", one: "notification", many: "notifications" },
};

/** The figures that count something done to the world. */
export const ACTIONS: readonly string[] = Object.keys(SAYINGS);

const ENTITIES = [
  ["contacts", "contact"],
  ["companies", "company"],
  ["deals", "deal"],
] as const;

export function summarize(figures: Figures): string | null {
  const done = Object.entries(SAYINGS).flatMap(([name, { did, one, many }]) => {
    const n = figures[name] ?? 0;
    return n === 0 ? [] : [`${did} ${counted(n, one, many)}`];
  });
  const text = [...processed(figures), ...done].join(", ");
  return text === "" ? null : text.charAt(0).toUpperCase() + text.slice(1);
}

/** What was found and went no further is told too: "Processed 0 contacts". */
function processed(figures: Figures): readonly string[] {
  return ENTITIES.flatMap(([many, one]) => {
    const n = figures[`${many}Processed`] ?? (figures[`${many}Found`] === 0 ? 0 : undefined);
    return n === undefined ? [] : [`processed ${counted(n, one, many)}`];
  });
}

function counted(n: number, one: string, many: string): string {
  return `${n.toLocaleString("en-US")} ${n === 1 ? one : many}`;
}
