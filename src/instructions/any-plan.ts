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

/** `prefix` is that of a contact's fields: none in a search of contacts. */
function anyCondition(prefix: Prefix): fc.Arbitrary<Condition> {
  const simple = fc.oneof(
    textual(prefix),
    numeric(prefix),
    flag(prefix),
    known(prefix),
    tagged(prefix),
    moment(prefix),
  );
  const not = fc.oneof(known(prefix), tagged(prefix)).map((inner): Condition => ({ not: inner }));
  const leaf: fc.Arbitrary<Condition> = fc.oneof(
    { weight: 5, arbitrary: simple },
    { weight: 1, arbitrary: not },
  );
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

const search: fc.Arbitrary<PlanStep> = fc
  .tuple(fc.option(anyCondition(""), { nil: {} }), fc.option(fc.integer({ min: 1, max: 500 })))
  .map(([condition, limit]) => ({
    type: "search_contacts",
    params: limit === null ? condition : { ...condition, limit },
  }));

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
  one("0 * * * *", "*/15 * * * *", "0 */6 * * *").map((cron) => ({
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
  });
