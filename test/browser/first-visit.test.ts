/** What a person does who has never seen Stint, in the order in which they do it, on one server. */
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";

import type { Browser } from "playwright-core";

import { launchBrowser, missingBrowser, type Visit, visit } from "./browser.ts";
import { type ServedStint, serveStint } from "./stint.ts";

const CSV = [
  "First Name,Last Name,Email,Company,Tags,Shoe Size",
  "Ada,Lovelace,ada@engines.example,Analytical Engines,own list,38",
  "Grace,Hopper,grace@navy.example,Navy,own list,37",
  "Broken,Row,not-an-address,Nowhere,own list,40",
].join("\n");

const OWN_WORDS =
  "Find contacts tagged 'own list'. Send an email with the subject \"Hello @contact.firstName\" and the body \"Good to have you here, @contact.firstName.\" Add the tag 'greeted'.";

suite("first visit", { skip: missingBrowser ?? false }, () => {
  let stint: ServedStint;
  let browser: Browser;
  let here: Visit;

  before(async () => {
    [stint, browser] = await Promise.all([serveStint(), launchBrowser()]);
    here = await visit(browser);
  });
  after(async () => {
    await browser?.close();
    await stint?.[Symbol.asyncDispose]();
  });

  const go = async (place: string): Promise<void> => {
    await here.page
      .getByRole("navigation", { name: "Places" })
      .getByText(place, { exact: true })
      .click();
    await here.page.getByRole("heading", { level: 1, name: place }).waitFor();
  };
  const openAgent = async (name: string): Promise<void> => {
    await go("Agents");
    await here.page.getByRole("link", { name }).click();
    await here.page.getByRole("heading", { level: 1, name }).waitFor();
  };
  const chipSays = (words: string): Promise<void> =>
    here.page.locator(".page-head .chip").filter({ hasText: words }).waitFor();
  const setLatency = async (ms: number): Promise<void> => {
    await go("Outbox");
    await here.page.getByLabel("A send takes").fill(String(ms));
    const saved = here.page.waitForResponse(/sandbox$/);
    await here.page.getByRole("button", { name: "Save" }).click();
    await saved;
  };

  test("WB-43 the printed link signs in and lands on the agents; used again it says that it works once", async () => {
    const { page } = here;
    await page.goto(stint.link);
    await page.getByRole("heading", { level: 1, name: "Agents" }).waitFor();
    await page.getByRole("link", { name: "Welcome new leads" }).waitFor();
    const other = await visit(browser);
    await other.page.goto(stint.link);
    await other.page.getByText("A sign-in link works once").waitFor();
    await other.context.close();
  });

  test("WB-44 an agent's words and the plan that they became light each other", async () => {
    const { page } = here;
    await openAgent("Welcome new leads");
    const card = page
      .getByRole("list", { name: "Plan" })
      .getByRole("listitem")
      .filter({ hasText: "Send email" });
    await card.hover();
    await page.locator('mark[data-lit="true"]', { hasText: "Welcome" }).waitFor();
    await page.locator("mark", { hasText: "Find contacts" }).hover();
    await page.locator('.plan-card[data-lit="true"]', { hasText: "Search contacts" }).waitFor();
  });

  test("WB-45 Run Now says how it goes, the execution is watched live, and its emails lie in the outbox", async () => {
    const { page } = here;
    await setLatency(2500);
    await openAgent("Welcome new leads");
    await page.getByRole("button", { name: "Run Now" }).click();
    const toast = page.locator(".mantine-Notification-root");
    await toast.getByRole("link", { name: "View Execution Log" }).click();
    await chipSays("Running");
    await page.locator(".facts3").getByText("Who must act").waitFor();
    await page.locator('.step[data-status="running"]', { hasText: "Send email" }).waitFor();
    await chipSays("Completed");
    await page.getByText("Processed 18 contacts, sent 18 emails").first().waitFor();
    await page.getByRole("button", { name: "Send email" }).click();
    await page.getByText("Send the 'Welcome' email").waitFor();
    await page
      .getByRole("table", { name: "Results" })
      .getByText("priya.raman@brightwater.example.com")
      .waitFor();
    await page.getByRole("tab", { name: "Messages sent" }).click();
    const messages = page.getByRole("table", { name: "Messages" }).locator("tbody tr");
    await messages.nth(17).waitFor();
    assert.equal(await messages.count(), 18);
    await page.getByRole("tab", { name: "Facts" }).click();
    await page.getByRole("table", { name: "Facts" }).getByText("created").first().waitFor();
    await go("Outbox");
    await page.getByRole("button", { name: "Good to meet you, Priya" }).click();
    await page.getByText("Hi Priya").waitFor();
    await page.keyboard.press("Escape");
    await setLatency(0);
  });

  test("WB-46 a CSV of one's own shows what it becomes, comes in, and its broken row is named with its line", async () => {
    const { page } = here;
    await go("Contacts");
    await page.getByRole("button", { name: "Import CSV" }).click();
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: "mine.csv", mimeType: "text/csv", buffer: Buffer.from(CSV) });
    const preview = page.getByRole("table", { name: "First rows of the file" });
    await preview.getByText("→ First name").waitFor();
    await preview.getByText("left out").waitFor();
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await page.getByText("2 contacts imported").waitFor();
    const broken = page
      .getByRole("table", { name: "What to look at" })
      .locator("tr", { hasText: "4" });
    await broken.first().waitFor();
    await page.getByRole("link", { name: "See the contacts" }).click();
    await page.getByRole("link", { name: "Ada Lovelace" }).click();
    await page.getByText("Analytical Engines").first().waitFor();
  });

  test("WB-47 an agent in one's own words: a clause that nothing can do is marked, then it is understood, made and run", async () => {
    const { page } = here;
    await go("Agents");
    await page.getByRole("button", { name: "New agent" }).click();
    await page.getByLabel("Name").fill("Greet my own");
    const words = page.getByRole("textbox", { name: "Instructions" });
    await words.fill("Find contacts tagged 'own list'. Dance on the moon with them.");
    await page.getByText("Unable to parse instructions. Please clarify.").waitFor();
    await page.locator(".editor mark", { hasText: "Dance on the moon" }).waitFor();
    await words.fill(OWN_WORDS);
    const plan = page.getByRole("list", { name: "Plan" });
    await plan.getByText("Send email").waitFor();
    await page.getByRole("button", { name: "Create agent" }).click();
    await page.getByRole("heading", { level: 1, name: "Greet my own" }).waitFor();
    await page.getByRole("button", { name: "Run Now" }).click();
    await page.getByText("Agent completed successfully. Processed 2 contacts.").waitFor();
    await page.getByRole("tab", { name: "Execution History" }).click();
    await page.getByRole("table", { name: "Executions" }).getByText("Completed").first().waitFor();
    await go("Outbox");
    await page.getByRole("button", { name: "Hello Ada" }).waitFor();
    await page.getByRole("button", { name: "Hello Grace" }).waitFor();
  });

  test("WB-48 one that waits says until when, and Skip wait lets it go on", async () => {
    const { page } = here;
    await openAgent("Webinar follow-up");
    await page.getByRole("button", { name: "Run Now" }).click();
    const toast = page.locator(".mantine-Notification-root", {
      hasText: "Agent paused. Will resume in 5 days.",
    });
    await toast.getByRole("link", { name: "View Execution Log" }).click();
    await page.locator(".summary", { hasText: "Agent paused. Will resume in 5 days." }).waitFor();
    await chipSays("Waiting until");
    await page.getByRole("button", { name: "Skip wait" }).click();
    await chipSays("Completed");
  });

  test("WB-49 one that fails says what is wrong and what to do, where it went wrong, and can be retried", async () => {
    const { page } = here;
    await openAgent("Win back quiet customers");
    await page.getByRole("button", { name: "Run Now" }).click();
    const toast = page.locator(".mantine-Notification-root", {
      hasText: "Agent failed: Email template 'Winter offer' not found",
    });
    await toast.getByRole("button", { name: "Retry Execution" }).waitFor();
    await toast.getByRole("link", { name: "View Error Log" }).click();
    const step = page.locator('.step[data-status="failed"]');
    await step.getByText("Email template 'Winter offer' not found").waitFor();
    await step.getByText("Create template or update agent instructions").waitFor();
    await page.locator('.step[data-status="notExecuted"]', { hasText: "Add tag" }).waitFor();
    const first = page.url();
    await page.keyboard.press("r");
    await page.getByRole("menuitem", { name: "From the start" }).click();
    await page.getByText("Retry of").waitFor();
    assert.notEqual(page.url(), first);
  });

  test("WB-50 killed in the middle of a run and started again, it goes on before one's eyes, and no email is sent twice", async () => {
    const { page } = here;
    await setLatency(3000);
    await openAgent("Welcome new leads");
    await page.getByRole("button", { name: "Run Now" }).click();
    const toast = page.locator(".mantine-Notification-root", {
      hasText: /Agent is running|Step \d/,
    });
    await toast.getByRole("link", { name: "View Execution Log" }).click();
    await page.locator('.step[data-status="running"]', { hasText: "Send email" }).waitFor();
    await stint.kill();
    await page.getByText("The connection to Stint is lost").waitFor();
    await stint.startAgain();
    await page.getByText("The connection to Stint is lost").waitFor({ state: "hidden" });
    await chipSays("Completed");
    await page.getByRole("tab", { name: "Messages sent" }).click();
    const rows = page.getByRole("table", { name: "Messages" }).locator("tbody tr");
    await rows.first().waitFor();
    assert.equal(await rows.count(), 18);
    const texts = await rows.allTextContents();
    assert.equal(new Set(texts.map((text) => text.split("Good")[0])).size, 18);
    await go("Outbox");
    await page.getByText("No mail was sent twice").waitFor();
    await setLatency(0);
  });

  test("WB-51 in all of this the page itself made no mistake", () => {
    assert.deepEqual(here.mistakes, []);
  });
});
