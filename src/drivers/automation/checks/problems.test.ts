import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import type { PlanProblem } from "#contract/shapes/plan-problems.ts";
import { customFields } from "#crm/custom-fields.ts";
import type { Plan, PlanStep } from "#domain/plan.ts";
import { parseOffline } from "#instructions/parsers/offline.ts";

import { openWorld, type World } from "../testing.ts";
import { type Asked, problemsOf } from "./problems.ts";

type Set = Partial<Asked["agent"]>;

/** What the words (or the plan) meet in the world. */
async function meet(
  world: World,
  given: string | Plan,
  set: Set = {},
): Promise<readonly PlanProblem[]> {
  const parsed = typeof given === "string" ? parseOffline(given) : { plan: given };
  if ("error" in parsed) assert.fail(JSON.stringify(parsed.error));
  const { workspace, actor } = world.entered;
  const agent: Asked["agent"] = {
    createdBy: actor,
    triggers: [],
    memory: { lasts: "execution" },
    reenrolment: "afterEnd",
    defaultTemplateId: null,
    ...set,
  };
  const words = typeof given === "string" ? given : undefined;
  const asked = { ws: workspace.no, zone: workspace.zone, plan: parsed.plan, words, agent };
  return problemsOf(asked, world.needs);
}

/** With the words that each marks. */
async function marks(world: World, words: string, set: Set = {}): Promise<readonly unknown[]> {
  return (await meet(world, words, set)).map(({ path, severity, code, span, instead }) => [
    path,
    severity,
    code,
    span === null ? null : words.slice(span.start, span.end),
    instead,
  ]);
}

const define = async (
  world: World,
  name: string,
  type: "number" | "select",
  options?: readonly string[],
): Promise<void> => {
  const made = await customFields(world.needs.store).define(world.change(), {
    entity: "contact",
    name,
    type,
    ...(options !== undefined && { options }),
  });
  await world.needs.store.write(made.writes);
};

const plan = (...steps: readonly object[]): Plan => ({ steps: steps as readonly PlanStep[] });
const FIND = { type: "search_contacts", params: {} };

test("VA-13 a template that there is not is an error at its words, with the nearest name", async () => {
  await using world = await openWorld();
  await world.template("Outbound v2");
  const words = "Find contacts with status Lead. Send the 'Outbuond V2' email.";
  const [problem, ...more] = await meet(world, words);
  assert.deepEqual(more, []);
  assert.equal(problem?.message, "Email template 'Outbuond V2' not found");
  assert.equal(
    problem.suggestion,
    "Did you mean 'Outbound v2'? Create template or update agent instructions",
  );
  assert.deepEqual(await marks(world, words), [
    ["2", "error", "template_not_found", "Outbuond V2", "Outbound v2"],
  ]);
  const [bare] = await meet(world, "Find all contacts. Email them.");
  assert.match(bare?.message ?? "", /name no email template/);
  const id = (await world.template("Default")) as NonNullable<Set["defaultTemplateId"]>;
  assert.deepEqual(
    await meet(world, "Find all contacts. Email them.", { defaultTemplateId: id }),
    [],
  );
});

test("VA-14 a field that is written is there and can take the value, else it is an error with what to do", async () => {
  await using world = await openWorld();
  await define(world, "leadScore", "number");
  await define(world, "Segment", "select", ["Enterprise", "Mid"]);
  const set = (field: string, value: unknown, entity = "contact", custom?: true): object => ({
    type: "update_field",
    params: { entity, field, value, ...(custom && { custom }) },
  });
  const codes = async (...steps: readonly object[]): Promise<readonly unknown[]> =>
    (await meet(world, plan(FIND, ...steps))).map(({ code, message, suggestion }) => [
      code,
      message,
      suggestion,
    ]);
  assert.deepEqual(await codes(set("leadScor", 5, "contact", true)), [
    [
      "field_not_found",
      "Custom field 'leadScor' not found. Create field first.",
      "Did you mean 'leadScore'? Create the custom field under Settings, or correct its name.",
    ],
  ]);
  assert.deepEqual(await codes(set("employees", "lots", "company")), [
    [
      "value_invalid",
      'employees takes a number; "lots" is none',
      "Correct the value in the instructions.",
    ],
  ]);
  const [[code, , suggestion] = []] = (await codes(set("segment", "Enterprize"))) as string[][];
  assert.deepEqual(
    [code, suggestion],
    ["value_invalid", "Did you mean 'Enterprise'? Correct the value in the instructions."],
  );
  assert.deepEqual((await codes(set("createdAt", "today"))).flat().slice(0, 1), [
    "field_read_only",
  ]);
  assert.deepEqual(
    await codes(
      set("leadScore", "@contact.custom.leadScore"),
      set("segment", "mid"),
      set("title", ""),
    ),
    [],
  );
});

test("VA-15 whoever is named is in the workspace by role or name, else it is an error with the nearest", async () => {
  await using world = await openWorld();
  const member = { userId: "sam", email: "sam@acme.test", name: "Sam Seller", role: "member" };
  await world.services.members.add(world.entered, member as never);
  const roles = [{ name: "salesRep", memberIds: ["sam"] }];
  await world.services.userRoles.replace(world.entered, roles);
  const words =
    "Find contacts with status Lead. Create a task: Call @contact.firstName, assign it to @user.salesRap.";
  assert.deepEqual(await marks(world, words), [
    ["2", "error", "user_not_found", "salesRap", "salesRep"],
  ]);
  const task = (more: object): object => ({
    type: "create_task",
    params: { title: "Call", ...more },
  });
  assert.deepEqual(
    await meet(
      world,
      plan(
        FIND,
        task({ assignee: "Sam" }),
        task({ assignee: "@contact.owner" }),
        task({ title: 'Tell @user.boss|"my boss"' }),
        { type: "send_email", params: { to: "@user.creator.email", subject: "x", body: "y" } },
        { type: "send_email", params: { to: "bo@acme.test", subject: "x", body: "y" } },
      ),
    ).then((found) => found.filter(({ severity }) => severity === "error")),
    [],
  );
});

test("VA-16 a condition's unknown field only warns, in the words of the run, at the words that name it", async () => {
  await using world = await openWorld();
  await define(world, "leadScore", "number");
  const words =
    "Find contacts where leadScroe is over 5. If contact.leadScroe is over 50, notify me.";
  assert.deepEqual(await marks(world, words), [
    ["1", "warning", "unknown_field", "leadScroe", "leadScore"],
    ["2", "warning", "unknown_field", "contact.leadScroe", "contact.leadScore"],
  ]);
  const found = await meet(
    world,
    plan(
      { type: "search_contacts", params: { field: "titel", operator: "contains", value: "CEO" } },
      { type: "skip", params: { field: "contact.leadScroe", operator: ">", value: 50 } },
      { type: "skip", params: { not: { field: "contact.nothingLikeIt", operator: "exists" } } },
    ),
  );
  assert.deepEqual(
    found.map(({ severity, message, suggestion }) => [severity, message, suggestion]),
    [
      [
        "warning",
        "Field 'titel' not found. Defaulting to false.",
        "Did you mean 'title'? Correct its name, or create the custom field under Settings.",
      ],
      [
        "warning",
        "Field 'contact.leadScroe' not found. Defaulting to false.",
        "Did you mean 'contact.leadScore'? Correct its name, or create the custom field under Settings.",
      ],
      [
        "warning",
        "Field 'contact.nothingLikeIt' not found. Defaulting to false.",
        "Correct its name, or create the custom field under Settings.",
      ],
    ],
  );
});

test("VA-16 conditions of triggers are looked at as well, the text's and the editor's, once where they are the same", async () => {
  await using world = await openWorld();
  const condition = { field: "deal.valeu", operator: ">", value: 5 } as const;
  const trigger = { type: "event", event: "deal_updated", condition } as const;
  const target = {
    entity: "company",
    condition: { field: "emploiees", operator: "exists" },
  } as const;
  const triggers = [trigger, { type: "manual", target }] as const;
  const given = { trigger, ...plan({ type: "notify", params: {} }) };
  assert.deepEqual(
    (await meet(world, given, { triggers: [...triggers] })).map(({ path, suggestion }) => [
      path,
      suggestion?.slice(0, 30),
    ]),
    [
      ["trigger", "Did you mean 'deal.value'? Cor"],
      ["trigger", "Did you mean 'employees'? Corr"],
    ],
  );
});

test("VA-17 a comparison that its field can never meet warns", async () => {
  await using world = await openWorld();
  await define(world, "Segment", "select", ["Enterprise", "Mid"]);
  const search = (field: string, operator: string, value: unknown, type = "search_contacts") =>
    plan({ type, params: { field, operator, value } });
  const codes = async (given: Plan): Promise<readonly string[]> =>
    (await meet(world, given)).map(({ code, message }) => `${code}: ${message}`);
  assert.deepEqual(await codes(search("employees", ">", "lots", "search_companies")), [
    'never_holds: employees is a number; "lots" is not, so nothing is equal to it.',
  ]);
  assert.deepEqual(await codes(search("createdAt", ">=", "Tuesdayish")), [
    'never_holds: createdAt is a date; "Tuesdayish" is not, so nothing is equal to it.',
  ]);
  const [segment] = await meet(world, search("segment", "in", ["Mid", "Enterprize"]));
  assert.match(segment?.suggestion ?? "", /^Did you mean 'Enterprise'\?/);
  for (const fine of [
    search("employees", ">", "50k", "search_companies"),
    search("createdAt", "==", "yesterday"),
    search("createdAt", ">=", "-P7D"),
    search("replied", "==", "yes"),
    search("segment", "==", "mid"),
    search("title", "==", "lots"),
    search("leadScore", "==", "@memory.x"),
  ]) {
    const found = (await meet(world, fine)).filter(({ code }) => code === "never_holds");
    assert.deepEqual(found, [], JSON.stringify(fine));
  }
});

test("VA-18 a variable that nobody knows warns, in the instructions and in the template that they name", async () => {
  await using world = await openWorld();
  await world.template("Welcome", "Hi @contact.nick", "Bye @contact.firstName, @user.nobody");
  const words =
    "Find all contacts. Create a task: Call @contact.fristName. Send the 'Welcome' email.";
  assert.deepEqual(await marks(world, words), [
    ["2", "warning", "unknown_variable", "@contact.fristName", "@contact.firstName"],
    ["3", "warning", "unknown_variable", "Send the 'Welcome' email", null],
    ["3", "warning", "unknown_variable", "Send the 'Welcome' email", null],
  ]);
  const [, inTemplate] = await meet(world, words);
  assert.equal(
    inTemplate?.message,
    "Nothing is called @contact.nick in the template 'Welcome': whoever comes to it is skipped.",
  );
  const fine = plan(FIND, {
    type: "create_task",
    params: {
      title:
        "Call @contact, @company.name, @deal.previousStage, @contact.owner.Soon @user.creator.email",
    },
  });
  assert.deepEqual(await meet(world, fine), []);
});

test("VA-19 memory and search results that nothing can have filled warn", async () => {
  await using world = await openWorld();
  const skip = {
    type: "skip",
    params: { field: "contact", operator: "in", value: "@memory.nudged" },
  };
  const keep = { type: "remember", params: { key: "nudged" } };
  const read = async (given: Plan, lasts: "execution" | "agent"): Promise<readonly string[]> =>
    (await meet(world, given, { memory: { lasts } })).map(
      ({ path, code, suggestion }) => `${path} ${code} ${suggestion}`,
    );
  assert.deepEqual(await read(plan(FIND, skip, keep), "agent"), []);
  assert.deepEqual(await read(plan(FIND, keep, skip), "execution"), []);
  assert.deepEqual(await read(plan(FIND, skip, keep), "execution"), [
    "2 read_before_written Let the agent's memory last across its runs, or remember it earlier.",
  ]);
  const other = { type: "remember", params: { key: "nudgd" } };
  assert.deepEqual(await read(plan(FIND, skip, other), "agent"), [
    "2 read_before_written Did you mean 'nudgd'? Remember something under that name first.",
  ]);
  const title = { type: "create_task", params: { title: "Read @search.results[0].title" } };
  assert.deepEqual(await read(plan(FIND, title), "agent"), [
    "2 read_before_written Search the web before this step.",
  ]);
});

test("VA-20 a tag that is asked for or taken off is there or added by the plan, else it warns", async () => {
  await using world = await openWorld();
  await world.add("contact", { firstName: "Bo" }, ["VIP"]);
  const words =
    "Find contacts tagged VPI. Add the tag 'Nudged'. If the contact is tagged nudged, remove the tag 'Vip'.";
  assert.deepEqual(await marks(world, words), [["1", "warning", "tag_not_found", "VPI", "VIP"]]);
});

test("VA-21 a plan without anybody to work on warns, and is an error where a schedule starts it", async () => {
  await using world = await openWorld();
  await world.template("Welcome");
  const words = "Send the 'Welcome' email.";
  const code = async (text: string, triggers: Asked["agent"]["triggers"] = []) =>
    (await meet(world, text, { triggers })).map((one) => `${one.severity} ${one.code}`);
  assert.deepEqual(await code(words), ["warning nothing_to_work_on"]);
  assert.deepEqual(await code(`Every day at 9 AM, send the 'Welcome' email.`), [
    "error nothing_to_work_on",
    "warning repeats",
  ]);
  assert.deepEqual(await code(`When a contact is created, send the 'Welcome' email.`), []);
  assert.deepEqual(await code(words, [{ type: "manual", target: { entity: "contact" } }]), []);
  assert.deepEqual(await code("Notify me."), []);
});

test("VA-22 a schedule that would write to the same people again warns, unless something tells them apart", async () => {
  await using world = await openWorld();
  await world.template("Welcome");
  const daily = (rest: string): string => `Every day at 9 AM, ${rest}`;
  const again = async (words: string, set: Set = {}): Promise<boolean> =>
    (await meet(world, words, set)).some(({ code }) => code === "repeats");
  assert.equal(
    await again(daily("find contacts with status Lead and send the 'Welcome' email.")),
    true,
  );
  assert.equal(
    await again(daily("find contacts created today and send the 'Welcome' email.")),
    false,
  );
  assert.equal(
    await again(
      daily(
        "find contacts with status Lead and send the 'Welcome' email. Change the status to Mailed.",
      ),
    ),
    false,
  );
  const once = { reenrolment: "never" } as const;
  assert.equal(
    await again(daily("find contacts with status Lead and send the 'Welcome' email."), once),
    false,
  );
});

test("VA-23 a wait of more than 90 days is an error, however the plan was made", async () => {
  await using world = await openWorld();
  const long = plan(FIND, { type: "wait", params: { duration: "P91D" } });
  assert.deepEqual(
    (await meet(world, long)).map(({ code, message }) => [code, message]),
    [["wait_invalid", "A wait lasts at most 90 days; this one is 91 days"]],
  );
  assert.deepEqual(
    await meet(world, plan(FIND, { type: "wait", params: { duration: "P90D" } })),
    [],
  );
});

test("VA-21 the step that needs somebody is named", async () => {
  await using world = await openWorld();
  const found = await meet(world, "Wait 2 days. Mark the contact as Contacted.");
  assert.deepEqual(
    found.map(({ path, code }) => [path, code]),
    [["2", "nothing_to_work_on"]],
  );
});

test("VA-24 whatever the words, each mark lies within them and what could stand there is named with it", async () => {
  await using world = await openWorld();
  await world.template("Welcome");
  const anyWords = fc.constantFrom(
    "find contacts with titel CEO",
    "send the 'Welcom' email",
    "tag them nope",
    "add a task: Call @contact.fristName, assign it to @user.nobody",
    "set leadScore to 5",
    "set employees to lots",
    "if contact.foo is bar, remove the tag x",
    "wait 3 days",
    "skip contacts in @memory.seen",
  );
  await fc.assert(
    fc.asyncProperty(fc.array(anyWords, { minLength: 1, maxLength: 5 }), async (clauses) => {
      const words = clauses.join(". ");
      const parsed = parseOffline(words);
      if ("error" in parsed) return;
      const found = await meet(world, words);
      for (const { span, instead } of found) {
        if (span === null) assert.equal(instead, null);
        else assert.ok(span.start >= 0 && span.start < span.end && span.end <= words.length);
      }
    }),
    { numRuns: 40 },
  );
});

test("VA-37 an address and the name of a tag that are written out can be used", async () => {
  await using world = await openWorld();
  const mail = (to: string): object => ({
    type: "send_email",
    params: { to, subject: "S", body: "B" },
  });
  const tag = (...tags: readonly string[]): object => ({ type: "add_tag", params: { tags } });
  const found = await meet(
    world,
    plan(FIND, mail("bo@acme"), mail("bo@acme.test"), mail("@contact.email"), tag("a,b", "fine")),
  );
  assert.deepEqual(
    found.map(({ path, severity, code, message }) => [path, severity, code, message]),
    [
      ["2", "error", "value_invalid", "Invalid email address: bo@acme"],
      [
        "5",
        "error",
        "value_invalid",
        'A tag has at most 60 characters and no comma or semicolon: "a,b"',
      ],
    ],
  );
});
