/** What a plan names and the workspace has not, and what it cannot do: errors. */
import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { parseOffline } from "#instructions/parsers/offline.ts";

import { openWorld } from "../testing.ts";
import { define, FIND, marks, meet, plan, type Set } from "./testing.ts";

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
