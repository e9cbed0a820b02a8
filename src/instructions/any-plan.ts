import fc from "fast-check";

import type { Comparison, Condition, Plan, PlanStep, Trigger } from "#domain/plan.ts";

/** Plans that people could have meant, for properties: known fields, texts with marks and variables in them, nested ifs. */

const NAMES = [
  "Intro",
  "Second Touch",
  "Q3 Push",
  "Break-up",
  "You're In",
  "We Miss You",
  "Case 7",
];
const TEXTS = [
  "Hello there, @contact.firstName",
  "Did you see it? And then wait, or call me",
  "It's 20% off for @company.name",
  "Call @contact.firstName about the demo",
  "news of @company.name, if there is any",
  "a custom quote",
];
const CITIES = ["London", "New York", "São Paulo", "Tel Aviv", "Oslo"];
const PEOPLE = ["@user.salesRep", "@deal.owner", "Dana", "ops@acme.io", "sales team"];
const LENGTHS = ["PT30M", "PT1H", "PT36H", "P1D", "P5D", "P2W", "P1M", "P90D"];
const TAGS = ["VIP", "q3-push", "Do Not Contact", "Cold", "MFG-Outbound"];

const one = <T>(...items: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...items);
const amount = fc.integer({ min: 1, max: 1_000_000 });

type Prefix = "" | "contact.";

const textual = (prefix: Prefix): fc.Arbitrary<Comparison> =>
  fc.oneof(
    fc.record({
      field: one(`${prefix}city`, `${prefix}country`, `${prefix}status`, `${prefix}source`),
      operator: one("==" as const, "!=" as const),
      value: one(...CITIES, ...NAMES),
    }),
    fc.record({
      field: one(`${prefix}title`, "company.name"),
      operator: fc.constant("contains" as const),
      value: one("CEO", "VP", "Head of Growth", "R&D"),
    }),
    fc.record({
      field: one(`${prefix}status`, "company.industry"),
      operator: fc.constant("in" as const),
      value: fc.uniqueArray(one("SaaS", "Fintech", "Health Care", "Retail"), { minLength: 2 }),
    }),
  );

const numeric = (prefix: Prefix): fc.Arbitrary<Comparison> =>
  fc.record({
    field: one(`${prefix}leadScore`, "company.employees", "company.revenue", "deal.value"),
    operator: one(">" as const, "<" as const, ">=" as const, "<=" as const),
    value: amount,
  });

const flag = (prefix: Prefix): fc.Arbitrary<Comparison> =>
  fc.record({
    field: one(`${prefix}replied`, `${prefix}openedEmail`, `${prefix}interested`),
    operator: fc.constant("==" as const),
    value: fc.boolean(),
  });

const known = (prefix: Prefix): fc.Arbitrary<Comparison> =>
  fc.record({
    field: one(`${prefix}email`, `${prefix}phone`, `${prefix}linkedinUrl`),
    operator: fc.constant("exists" as const),
  });

const tagged = (prefix: Prefix): fc.Arbitrary<Comparison> =>
  fc.record({
    field: fc.constant(`${prefix}tags`),
    operator: fc.constant("contains" as const),
    value: one(...TAGS),
  });

const moment = (prefix: Prefix): fc.Arbitrary<Comparison> =>
  fc.record({
    field: one(`${prefix}createdAt`, `${prefix}lastContactedAt`),
    operator: one(">=" as const, "<" as const),
    value: one("-P7D", "-P2W", "-P90D", "-P6M"),
  });

/** What is not of the contact: memory, form, the deal, fields that only the workspace knows. */
const elsewhere: fc.Arbitrary<Comparison> = fc.oneof(
  fc.record({
    field: one("memory.touches", "form.budget", "contact.npsScore", "deal.probability"),
    operator: one(">" as const, "<" as const, ">=" as const, "<=" as const, "==" as const),
    value: amount,
  }),
  fc.record({
    field: one("form.country", "deal.stage", "contact.segment"),
    operator: one("==" as const, "!=" as const),
    value: one(...NAMES, ...CITIES),
  }),
  fc.record({
    field: one("contact.registered", "contact.optedOut"),
    operator: fc.constant("==" as const),
    value: fc.boolean(),
  }),
  fc.record({
    field: one("form.message", "memory.topic"),
    operator: fc.constant("contains" as const),
    value: one("Series B", "demo"),
  }),
  fc.record({
    field: one("deal.lossReason", "form.phone"),
    operator: fc.constant("exists" as const),
  }),
  fc.record({
    field: fc.constant("contact"),
    operator: fc.constant("in" as const),
    value: one("@memory.done", "@memory.q2Touched"),
  }),
);

/**
 * `prefix` is that of a contact's fields: none in a search of contacts. Tags do not stand beside fields that only the
 * workspace knows: the parser takes these for tags, too. What a search found stands alone (the labelled texts have it):
 * behind "and" the parser does not read it yet.
 */
function anyCondition(prefix: Prefix): fc.Arbitrary<Condition> {
  const simple = [textual, numeric, flag, known, moment].map((of) => of(prefix));
  const withTags = joined([...simple, tagged(prefix)]);
  return prefix === "" ? withTags : fc.oneof(withTags, joined([...simple, elsewhere]));
}

function joined(comparisons: readonly fc.Arbitrary<Comparison>[]): fc.Arbitrary<Condition> {
  const leaf = fc.oneof(...comparisons).chain((comparison): fc.Arbitrary<Condition> => {
    const isTurned = comparison.operator === "exists" || comparison.operator === "contains";
    return isTurned ? one<Condition>(comparison, { not: comparison }) : fc.constant(comparison);
  });
  const parts = (inner: fc.Arbitrary<Condition>): fc.Arbitrary<readonly Condition[]> =>
    fc.array(inner, { minLength: 2, maxLength: 3 });
  const all = (inner: fc.Arbitrary<Condition>) =>
    parts(inner).map((given): Condition => ({ all: given }));
  const any = (inner: fc.Arbitrary<Condition>) =>
    parts(inner).map((given): Condition => ({ any: given }));
  return fc.oneof(
    { weight: 4, arbitrary: leaf },
    { weight: 2, arbitrary: fc.oneof(all(leaf), any(leaf)) },
    {
      weight: 1,
      arbitrary: fc.oneof(all(fc.oneof(leaf, any(leaf))), any(fc.oneof(leaf, all(leaf)))),
    },
  );
}

const optional = { requiredKeys: [] as [] };

const ofCompany: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    field: one("industry", "city", "country"),
    operator: one("==" as const, "!=" as const),
    value: one("SaaS", ...CITIES),
  }),
  fc.record({
    field: one("employees", "revenue"),
    operator: one(">" as const, "<=" as const),
    value: amount,
  }),
  fc.record({ field: fc.constant("website"), operator: fc.constant("exists" as const) }),
);

const ofDeal: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    field: one("stage", "company.name"),
    operator: fc.constant("==" as const),
    value: one("Demo", "Closed Won", ...CITIES),
  }),
  fc.record({
    field: one("value", "probability"),
    operator: one(">=" as const, "<" as const),
    value: amount,
  }),
  fc.record({
    field: one("createdAt", "updatedAt"),
    operator: one(">=" as const, "<" as const),
    value: one("-P7D", "-P2W"),
  }),
);

const both = (condition: fc.Arbitrary<Condition>): fc.Arbitrary<Condition> =>
  fc.oneof(
    condition,
    fc.array(condition, { minLength: 2, maxLength: 3 }).map((all): Condition => ({ all })),
  );

const searchFor = (
  type: "search_contacts" | "search_companies" | "search_deals",
  condition: fc.Arbitrary<Condition>,
): fc.Arbitrary<PlanStep> =>
  fc
    .tuple(fc.option(condition, { nil: {} }), fc.option(fc.integer({ min: 1, max: 500 })))
    .map(([where, limit]) => ({ type, params: limit === null ? where : { ...where, limit } }));

const search = fc.oneof(
  { weight: 3, arbitrary: searchFor("search_contacts", anyCondition("")) },
  { weight: 1, arbitrary: searchFor("search_companies", both(ofCompany)) },
  { weight: 1, arbitrary: searchFor("search_deals", both(ofDeal)) },
);

const of = <T extends PlanStep["type"], P>(type: T, params: fc.Arbitrary<P>) =>
  params.map((given) => ({ type, params: given }) as unknown as PlanStep);

const tags = fc.record({ tags: fc.uniqueArray(one(...TAGS), { minLength: 1, maxLength: 3 }) });

const act: fc.Arbitrary<PlanStep> = fc.oneof(
  of("skip", anyCondition("contact.")),
  of(
    "send_email",
    fc.record(
      { template: one(...NAMES), subject: one(...TEXTS), body: one(...TEXTS), to: one(...PEOPLE) },
      optional,
    ),
  ),
  of("linkedin_invitation", fc.record({ note: one(...TEXTS) }, optional)),
  of(
    "web_search",
    fc.record(
      { query: one(...TEXTS), limit: fc.integer({ min: 1, max: 10 }) },
      { requiredKeys: ["query"] },
    ),
  ),
  of(
    "create_task",
    fc.record(
      { title: one(...TEXTS), due: one("PT2H", "P3D", "P1W"), assignee: one(...PEOPLE) },
      { requiredKeys: ["title"] },
    ),
  ),
  of("add_tag", tags),
  of("remove_tag", tags),
  of(
    "update_field",
    fc.oneof(
      fc.record({
        entity: fc.constant("contact"),
        field: one("status", "city", "title"),
        value: one(...NAMES),
      }),
      fc.record({ entity: fc.constant("deal"), field: fc.constant("value"), value: amount }),
      fc.record({
        entity: one("contact", "company", "deal"),
        field: one("segment", "pilotStart"),
        value: fc.oneof(one<string | boolean>(...NAMES, true, false), amount),
        custom: fc.constant(true),
      }),
    ),
  ),
  of("enrich_contact", fc.constant({ provider: "apollo" })),
  of("wait", fc.record({ duration: one(...LENGTHS) })),
  of(
    "handoff",
    fc.record({ to: one(...PEOPLE), reason: one(...TEXTS), timeout: one("PT4H", "P2D") }, optional),
  ),
  of("notify", fc.record({ to: one(...PEOPLE), message: one(...TEXTS) }, { requiredKeys: ["to"] })),
  of(
    "remember",
    fc.record(
      {
        key: one("doneContacts", "news"),
        value: fc.oneof(one<string>("@search.results", ...NAMES), amount),
      },
      { requiredKeys: ["key"] },
    ),
  ),
  of("stop", fc.constant({})),
);

const branch = (inner: fc.Arbitrary<PlanStep>) => fc.array(inner, { minLength: 1, maxLength: 3 });

const ifStep = (inner: fc.Arbitrary<PlanStep>): fc.Arbitrary<PlanStep> =>
  fc
    .tuple(anyCondition("contact."), branch(inner), fc.option(branch(inner)))
    .map(([params, then, otherwise]) =>
      otherwise === null
        ? { type: "if", params, then }
        : { type: "if", params, then, else: otherwise },
    );

const flatIf = ifStep(act);

/** Any planStep, an `if` inside an `if` among them. */
const anyStep: fc.Arbitrary<PlanStep> = fc.oneof(
  { weight: 6, arbitrary: act },
  { weight: 2, arbitrary: flatIf },
  { weight: 1, arbitrary: ifStep(fc.oneof({ weight: 3, arbitrary: act }, flatIf)) },
);

const time = fc.tuple(fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 23 }));

const trigger: fc.Arbitrary<Trigger> = fc.oneof(
  fc
    .tuple(time, one("* * *", "* * 1-5", "* * 1", "* * 2,4", "1 * *", "15 * *"))
    .map(([[minute, hour], days]) => ({
      type: "schedule" as const,
      cron: `${minute} ${hour} ${days}`,
    })),
  one("0 * * * *", "*/15 * * * *", "0 */6 * * *", "0 9 1 1 *", "5 4 1-7 * 1").map((cron) => ({
    type: "schedule" as const,
    cron,
  })),
  one("contact_created", "deal_created", "form_submitted", "email_replied", "email_opened").map(
    (event) => ({ type: "event", event }) as Trigger,
  ),
  one("Closed Won", "Demo").map((stage) => ({
    type: "event" as const,
    event: "deal_stage_updated" as const,
    condition: { field: "deal.stage", operator: "==" as const, value: stage },
  })),
);

export const anyPlan: fc.Arbitrary<Plan> = fc
  .tuple(fc.option(trigger), fc.option(search), fc.array(anyStep, { minLength: 1, maxLength: 6 }))
  .map(([starts, finds, does]) => {
    const steps = finds === null ? does : [finds, ...does];
    return starts === null ? { steps } : { trigger: starts, steps };
  })
  .filter(isOfUse);

/** A plan that an event starts only to stop at once is refused (PA-534). */
function isOfUse({ trigger: starts, steps }: Plan): boolean {
  return !(starts?.type === "event" && steps[0]?.type === "stop" && steps.length > 1);
}
