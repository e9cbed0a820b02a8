/** The agent editor as people use it: by writing, by pointer, by form, and once by keys alone. */
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";

import type { Browser, Locator } from "playwright-core";

import {
  launchBrowser,
  missingBrowser,
  overflowAt,
  violationsIn,
  violationsOf,
  type Visit,
  visit,
} from "./browser.ts";
import { type ServedStint, serveStint } from "./stint.ts";

const WORDS = "Find contacts tagged 'Webinar'. Send the 'Webinar thanks' email. Wait 5 days.";

const exactly = (text: string): RegExp =>
  new RegExp(`^${text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}\\s*$`);

suite("the editor", { skip: missingBrowser ?? false }, () => {
  let stint: ServedStint;
  let browser: Browser;
  let here: Visit;
  let workspace: string;

  before(async () => {
    [stint, browser] = await Promise.all([serveStint(), launchBrowser()]);
    here = await visit(browser);
    await here.page.goto(stint.link);
    await here.page.getByRole("heading", { level: 1, name: "Agents" }).waitFor();
    workspace = here.page.url().replace(/\/agents.*/, "");
  });
  after(async () => {
    await browser?.close();
    await stint?.[Symbol.asyncDispose]();
  });

  const words = (): Locator => here.page.getByRole("textbox", { name: "Instructions" });
  const card = (label: string): Locator => here.page.locator(".plan-card", { hasText: label });
  /** What is written in stands over the same words with their marks. */
  const saysInWords = (text: string): Promise<void> =>
    here.page
      .locator(".editor div.words", { hasText: exactly(text) })
      .waitFor({ state: "attached" });
  const newAgent = async (text: string): Promise<void> => {
    await here.page.goto(`${workspace}/agents/new`);
    await words().fill(text);
  };
  const openAgent = async (name: string): Promise<void> => {
    await here.page.goto(`${workspace}/agents`);
    await here.page.getByRole("link", { name }).click();
    await here.page.getByRole("heading", { level: 1, name }).waitFor();
  };
  const noneWrong = async (what: string): Promise<void> => {
    assert.deepEqual(await violationsOf(here.page), [], what);
    assert.deepEqual(await violationsIn(here.page, "dark"), [], `${what}, in the dark`);
    await here.page.emulateMedia({ colorScheme: "light" });
    assert.ok((await overflowAt(here.page, 390)) <= 0, `${what} is too wide at 390 pixels`);
  };

  test("PG-95 the plan follows the words while one types, and an answer that comes late never replaces a newer one", async () => {
    const { page } = here;
    const late = Promise.withResolvers<void>();
    await page.route("**/parse", async (route) => {
      if (route.request().postData()?.includes("Tardy") === true) await late.promise;
      await route.continue().catch(() => undefined);
    });
    await newAgent("Tag them 'Tardy'.");
    await page.waitForRequest(/\/parse$/);
    await words().fill(WORDS);
    await card("Wait").getByText("5 days").waitFor();
    late.resolve();
    await words().press("End");
    await words().pressSequentially(" Tag them 'Done'.");
    await card("Add tag").getByText("Done").waitFor();
    assert.equal(await card("Tardy").count(), 0);
    await page.unroute("**/parse");
    await noneWrong("the plan while one writes");
  });

  test("PG-96 words and cards light each other, by pointer and by focus", async () => {
    const { page } = here;
    await newAgent(WORDS);
    await card("Wait").hover();
    await page.locator('.editor mark[data-lit="true"]', { hasText: "Wait 5 days" }).waitFor();
    await page.locator(".editor mark", { hasText: "Send the" }).hover({ force: true });
    await page.locator('.plan-card[data-lit="true"]', { hasText: "Send email" }).waitFor();
    await page.mouse.move(0, 0);
    await card("Search contacts").getByRole("button", { name: "1 Search contacts" }).focus();
    await page.locator('.editor mark[data-lit="true"]', { hasText: "Find contacts" }).waitFor();
    await page.keyboard.press("Enter");
    await words().and(page.locator(":focus")).waitFor();
    const selected = await page.evaluate<string>("getSelection().toString()");
    assert.equal(selected, "Find contacts tagged 'Webinar'");
    await page.locator('.plan-card[data-lit="true"]', { hasText: "Search contacts" }).waitFor();
  });

  test("PG-140 what was said in passing is told below the plan, and lights its words", async () => {
    const { page } = here;
    await newAgent(`${WORDS} They froze their budget.`);
    const told = page.getByRole("region", { name: "Said in passing" });
    const remark = told.getByRole("button", { name: "They froze their budget" });
    await remark.hover();
    await page.locator('.editor mark[data-tone="grey"][data-lit="true"]').waitFor();
    await noneWrong("a remark");
    await page.locator('.editor mark[data-tone="grey"]').hover({ force: true });
    await told.locator('li[data-lit="true"]').waitFor();
    await remark.focus();
    await page.keyboard.press("Enter");
    await words().and(page.locator(":focus")).waitFor();
    assert.equal(
      await page.evaluate<string>("getSelection().toString()"),
      "They froze their budget",
    );
    await words().fill(WORDS);
    await told.waitFor({ state: "hidden" });
  });

  test("PG-97 a clause that nothing can do, and a name that there is not, are mended at their words by a button", async () => {
    const { page } = here;
    await newAgent("Find contacts tagged 'Webinar'. Dance on the moon with them. Wait 2 days.");
    await page.locator(".editor mark", { hasText: "Dance on the moon" }).waitFor();
    await noneWrong("a refusal");
    await page.getByRole("button", { name: "Make it a task for a person" }).click();
    await saysInWords(
      "Find contacts tagged 'Webinar'. Create a task: Dance on the moon with them. Wait 2 days.",
    );
    await card("Create task").getByText("Dance on the moon with them").waitFor();
    await words().fill("Find contacts tagged 'Webinar'. Send the 'Webinar thank' email.");
    await page.locator('.editor mark[data-tone="red"]', { hasText: "Webinar thank" }).waitFor();
    await noneWrong("a template that there is not");
    await page.locator('.editor mark[data-tone="red"]').first().hover({ force: true });
    const atWords = page.locator(".at-words");
    await atWords.getByText("Email template 'Webinar thank' not found").waitFor();
    await atWords.getByRole("button", { name: "Replace by “Webinar thanks”" }).click();
    await saysInWords("Find contacts tagged 'Webinar'. Send the 'Webinar thanks' email.");
    await page.getByText("keeps this plan from running").waitFor({ state: "hidden" });
  });

  test("PG-68 the schedule that the words name is offered, and the agent that is made starts by it", async () => {
    const { page } = here;
    await newAgent(`Every Monday at 8, ${WORDS.charAt(0).toLowerCase()}${WORDS.slice(1)}`);
    await page.locator(".editor mark", { hasText: "Every Monday at 8" }).hover({ force: true });
    await page.locator('.plan-start[data-lit="true"]').waitFor();
    await page.getByRole("button", { name: "Use this schedule: every Monday at 08:00" }).click();
    await page.getByText("The agent starts so, once it is live.").waitFor();
    await page.getByLabel("Name").fill("Every Monday");
    await page.getByRole("button", { name: "Create agent" }).click();
    await page.getByRole("heading", { level: 1, name: "Every Monday" }).waitFor();
    await page.getByText("Every Monday at 08:00 (once live)").waitFor();
  });

  test("PG-75 a step is edited by form, and its words alone are written anew", async () => {
    const { page } = here;
    await newAgent(`${WORDS} If they have not replied, create a task "Call" due in 2 days.`);
    await page.getByRole("button", { name: "Edit step 1: Search contacts" }).click();
    await page.getByRole("button", { name: "Condition", exact: true }).click();
    await page.getByRole("combobox", { name: "Field" }).last().fill("city");
    await page.getByRole("textbox", { name: "Value" }).last().fill("London");
    await noneWrong("a form");
    await page.getByRole("button", { name: "Write it" }).click();
    await card("Search contacts").getByText("city is London").waitFor();
    const text = await words().inputValue();
    assert.match(
      text,
      /^Find contacts .*London'?\. Send the 'Webinar thanks' email\. Wait 5 days\. If they have not replied, create a task "Call" due in 2 days\.$/,
    );
    await page.getByRole("button", { name: "Edit the trigger" }).click();
    await page.getByRole("combobox", { name: "Started by" }).click();
    await page.getByRole("option", { name: "A schedule" }).click();
    await page.getByRole("button", { name: "Write it" }).click();
    await page.locator(".plan-trigger", { hasText: "Every day at 09:00" }).first().waitFor();
    assert.match(await words().inputValue(), /^Every day at 9.*find contacts/i);
  });

  test("PG-76 a long text stays quick to write in: sixty steps, and each key is drawn at once", async () => {
    const long = Array.from({ length: 60 }, (_, index) => `Tag them 'T${index + 1}'.`).join("\n");
    await newAgent(`Find contacts tagged 'Webinar'.\n${long}`);
    await card("T60").waitFor();
    await words().press("Control+End");
    const begun = performance.now();
    await words().pressSequentially(" Wait 3 days.");
    const each = (performance.now() - begun) / 13;
    await card("Wait").getByText("3 days").waitFor();
    assert.ok(each < 250, `${Math.round(each)} ms a key`);
  });

  test("PG-98 a simulation is marked as one, shows both ways of replies, and leaves no trace", async () => {
    const { page } = here;
    await page.goto(`${workspace}/executions`);
    await here.settled();
    const known = await page.locator("main .row-link").count();
    await openAgent("Webinar follow-up");
    await page.getByRole("button", { name: "Simulate" }).click();
    const simulation = page.getByRole("region", { name: "Simulation" });
    await simulation
      .getByText("This is a simulation. Nothing was sent, changed or counted.")
      .waitFor();
    await simulation.getByText(/Would send 16 emails over 2 days/).waitFor();
    await noneWrong("a simulation");
    await simulation.getByText("If everybody replies").click();
    await simulation.getByText(/Would send 8 emails/).waitFor();
    await simulation.getByText("Thank you for joining, Priya").first().waitFor();
    assert.equal(await simulation.locator('.chip[data-tone="green"]').count(), 0);
    await page.keyboard.press("Escape");
    await page.goto(`${workspace}/executions`);
    await here.settled();
    assert.equal(await page.locator("main .row-link").count(), known);
    await page.goto(`${workspace}/outbox`);
    await here.settled();
    assert.equal(await page.getByText("Thank you for joining").count(), 0);
  });

  test("PG-74 two versions stand side by side, words and plan, and an old one is restored", async () => {
    const { page } = here;
    await openAgent("Webinar follow-up");
    await page.getByRole("button", { name: "Edit", exact: true }).click();
    const text = await words().inputValue();
    await words().fill(`${text.replace("5 days", "7 days")} Tag them 'Webinar done'.`);
    await page.getByRole("button", { name: "Save as version 2" }).click();
    await page.getByRole("tab", { name: "Versions" }).click();
    await page.getByRole("link", { name: "Version 2" }).click();
    await page.waitForURL(/compare=1\.\.2/);
    await page.locator("del", { hasText: "5 days" }).waitFor();
    await page.locator("ins", { hasText: "7 days" }).waitFor();
    await page.locator(".chip", { hasText: "Added" }).waitFor();
    await noneWrong("two versions");
    await page.getByRole("button", { name: "Restore version 1" }).click();
    await page.getByRole("button", { name: "Restore as version 3" }).click();
    await page.getByText("Version 1 restored").waitFor();
    await page.getByRole("tab", { name: "Instructions" }).click();
    await page.getByText("Wait 5 days").waitFor();
  });

  test("PG-79 saving while executions wait asks what becomes of them, and does as one says", async () => {
    const { page } = here;
    await openAgent("Webinar follow-up");
    await page.getByRole("button", { name: "Run Now" }).click();
    await page
      .locator(".mantine-Notification-root", { hasText: "Agent paused. Will resume in 5 days." })
      .waitFor();
    await page.getByRole("button", { name: "Edit", exact: true }).click();
    await words().fill((await words().inputValue()).replace("5 days", "9 days"));
    await page.getByRole("button", { name: /^Save as version/ }).click();
    const question = page.getByRole("dialog", { name: "Executions of this agent wait" });
    await question.getByText(/1 execution waits, with 8 journeys: 8 at step 3 \(Wait\)/).waitFor();
    assert.ok(await question.getByRole("radio", { name: /Let them finish/ }).isChecked());
    await noneWrong("the question");
    await question.getByRole("radio", { name: "Cancel them" }).check();
    await question.getByRole("button", { name: "Save and cancel them" }).click();
    await question.waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Edit", exact: true }).waitFor();
    await page.locator("mark", { hasText: "Wait 9 days" }).waitFor();
    await page.getByRole("tab", { name: "Execution History" }).click();
    await page.getByRole("table", { name: "Executions" }).getByText("Canceled").first().waitFor();
  });

  test("PG-101 fallbacks and names of people are added, saved, kept and taken out again", async () => {
    const { page } = here;
    const list = async (tab: string, add: string): Promise<void> => {
      await page.goto(`${workspace}/settings?tab=${tab}`);
      await page.getByRole("button", { name: add }).waitFor();
    };
    const saved = async (): Promise<void> => {
      const answered = page.waitForResponse((one) => one.request().method() === "PUT");
      await page.getByRole("button", { name: "Save" }).click();
      assert.equal((await answered).status(), 200);
    };
    await list("fallbacks", "Add a field");
    await page.getByRole("button", { name: "Add a field" }).click();
    await page.getByPlaceholder("contact.firstName").fill("contact.firstName");
    await page.getByLabel("What stands for contact.firstName").fill("there");
    await saved();
    await list("fallbacks", "Add a field");
    const kept = page.getByLabel("What stands for contact.firstName");
    assert.equal(await kept.inputValue(), "there");
    await page.getByRole("button", { name: "Remove contact.firstName" }).click();
    await saved();
    await list("fallbacks", "Add a field");
    assert.equal(await kept.count(), 0);
    await list("names", "Add a name");
    const known = await page.getByPlaceholder("salesRep").count();
    await page.getByRole("button", { name: "Add a name" }).click();
    await page.getByPlaceholder("salesRep").last().fill("closer");
    await page.getByRole("combobox", { name: "Members of closer" }).click();
    await page.getByRole("option").first().click();
    await page.keyboard.press("Escape");
    await saved();
    await list("names", "Add a name");
    assert.equal(await page.getByPlaceholder("salesRep").count(), known + 1);
    await page.getByRole("button", { name: "Remove closer" }).waitFor();
  });

  test("PG-99 all of it goes by keys alone: write, mend, edit by form, simulate", async () => {
    const { page } = here;
    const { keyboard } = page;
    const tabTo = async (target: Locator): Promise<void> => {
      for (let presses = 0; presses < 80; presses++) {
        if ((await target.and(page.locator(":focus")).count()) > 0) return;
        await keyboard.press("Tab");
      }
      assert.fail(`No Tab leads to ${target.toString()}`);
    };
    await page.goto(`${workspace}/agents/new`);
    await tabTo(words());
    await keyboard.type("Find contacts tagged 'Webinar'. Dance on the moon. Wait 5 days.");
    const makeTask = page.getByRole("button", { name: "Make it a task for a person" });
    await makeTask.waitFor();
    await tabTo(makeTask);
    await keyboard.press("Enter");
    await card("Create task").waitFor();
    const edit = page.getByRole("button", { name: "Edit step 3: Wait" });
    await tabTo(edit);
    await keyboard.press("Enter");
    const days = page.getByRole("textbox", { name: "For, days" });
    await days.waitFor();
    await tabTo(days);
    await keyboard.press("Control+a");
    await keyboard.type("7");
    await keyboard.press("Enter");
    await saysInWords(
      "Find contacts tagged 'Webinar'. Create a task: Dance on the moon. Wait 7 days.",
    );
    const simulate = page.getByRole("button", { name: "Simulate" });
    await tabTo(simulate);
    await keyboard.press("Enter");
    await page.getByText("This is a simulation.").waitFor();
    await keyboard.press("Escape");
    await page.getByText("This is a simulation.").waitFor({ state: "hidden" });
    await simulate.and(page.locator(":focus")).waitFor();
    assert.deepEqual(here.mistakes, []);
  });
});
