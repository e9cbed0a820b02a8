import assert from "node:assert/strict";
import { test } from "node:test";

import { tags } from "#crm/tags.ts";

import { openWorld, type World } from "./testing.ts";

const FIND = { type: "search_contacts", params: {} } as const;
const mail = (subject: string, body = "B"): object => ({
  steps: [FIND, { type: "send_email", params: { subject, body } }],
});

const nameless = (world: World): Promise<{ readonly id: string }> =>
  world.add("contact", { lastName: "Only", email: "only@acme.test" });

test("VA-27 the workspace's fallback stands for a missing value by whatever name; the text's own comes first", async () => {
  await using world = await openWorld();
  await nameless(world);
  await world.services.fallbacks.replace(world.entered, [
    { field: "contact.firstName", text: "there" },
    { field: "company.name", text: "your company" },
  ]);
  const body = "@contact.given_name, @company, @contact.firstName|friend";
  const id = await world.run(await world.agent(mail("Hi @contact.firstName", body)));
  assert.equal((await world.ended(id)).warnings, 0);
  const [sent] = await world.outbox();
  assert.deepEqual([sent?.subject, sent?.text], ["Hi there", "there, your company, friend"]);
  const other = await world.run(await world.agent(mail("Hi @contact.title"), { name: "B" }));
  const { warnings } = await world.ended(other);
  assert.deepEqual([warnings, (await world.outbox()).length], [1, 1]);
});

test("VA-28 in a body of HTML values are escaped, and nowhere else", async () => {
  await using world = await openWorld();
  const name = `<b>"Bo" & 'Co'</b>`;
  await world.add("contact", { firstName: name, email: "bo@acme.test" });
  await world.run(
    await world.agent(mail("Hi @contact.firstName", "<p>Hi @contact.firstName & all</p>")),
  );
  await world.run(await world.agent(mail("2 < 3", "1 < 2, @contact.firstName"), { name: "B" }));
  const [html, plain] = await world.outbox();
  assert.equal(html?.subject, `Hi ${name}`);
  assert.equal(html?.text, "<p>Hi &lt;b&gt;&quot;Bo&quot; &amp; &#39;Co&#39;&lt;/b&gt; & all</p>");
  assert.equal(plain?.text, `1 < 2, ${name}`);
});

test("VA-29 dates are written as days of the workspace's zone, and a subject stays on its line", async () => {
  const start = Date.parse("2026-03-10T23:30:00Z");
  await using world = await openWorld({ zone: "Europe/Berlin", start });
  const bo = await world.add("contact", {
    firstName: "Bo\r\nBcc: x@y.test",
    email: "bo@acme.test",
  });
  await world.add("deal", { name: "Big", closeDate: "2026-04-01", value: 5000, contactId: bo.id });
  const body = "@contact.createdAt, @deal.closeDate, @deal.value, @deal.open";
  await world.run(await world.agent(mail("Hi @contact.firstName", body)));
  const [sent] = await world.outbox();
  assert.deepEqual(
    [sent?.subject, sent?.text],
    ["Hi Bo Bcc: x@y.test", "11 March 2026, 1 April 2026, 5000, true"],
  );
});

test("VA-30 a tag's variables resolve for each contact", async () => {
  await using world = await openWorld();
  const bo = await world.add("contact", { firstName: "Bo", city: "Oslo" });
  const none = await world.add("contact", { firstName: "Al" });
  const steps = [FIND, { type: "add_tag", params: { tags: ["From @contact.city", "Seen"] } }];
  const id = await world.run(await world.agent({ steps }));
  const kept = tags(world.needs.store);
  const { no } = world.entered.workspace;
  assert.deepEqual(await kept.of(no, bo.id), ["From Oslo", "Seen"]);
  assert.deepEqual(await kept.of(no, none.id), []);
  assert.equal((await world.ended(id)).warnings, 1);
});

test("VA-31 a search compares with what was remembered before it", async () => {
  await using world = await openWorld();
  await world.add("contact", { firstName: "Bo", city: "Oslo" });
  await world.add("contact", { firstName: "Al", city: "Rome" });
  const steps = [
    { type: "remember", params: { key: "town", value: "@form.town" } },
    {
      type: "search_contacts",
      params: { field: "city", operator: "==", value: "@memory.town" },
    },
    { type: "add_tag", params: { tags: ["Local"] } },
  ];
  const id = await world.run(await world.agent({ steps }), { form: { town: "oslo" } });
  const { figures, warnings } = await world.ended(id);
  assert.deepEqual([figures["contactsFound"], warnings], [1, 0]);
});
