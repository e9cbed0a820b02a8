/** What can be meant, but hardly is: warnings. */
import assert from "node:assert/strict";
import { test } from "node:test";

import type { Plan } from "#domain/plan.ts";

import { openWorld } from "../testing.ts";
import type { Asked } from "./problems.ts";
import { define, FIND, marks, meet, plan, type Set } from "./testing.ts";

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

test("VA-21 a plan without anybody to work on warns, and is an error where a schedule starts it; the step that needs somebody is named", async () => {
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
  const [problem, ...more] = await meet(world, "Wait 2 days. Mark the contact as Contacted.");
  assert.deepEqual([problem?.path, problem?.code, more], ["2", "nothing_to_work_on", []]);
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
