/** What fails, as people meet it: gathered by its cause, and put away until it comes back. */
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";

import type { Browser, Locator, Page } from "playwright-core";

import { launchBrowser, missingBrowser, violationsOf, type Visit, visit } from "./browser.ts";
import { serveStint } from "./stint.ts";

const NOPE = "Email template 'Nope' not found";
const DANCE = "Unable to parse instructions. Please clarify.";

interface World extends AsyncDisposable {
  readonly page: Page;
  readonly mistakes: Visit["mistakes"];
  readonly settled: Visit["settled"];
  readonly workspace: string;
  /** Runs an agent that fails for want of a template, or of words that nobody understands. */
  readonly fail: (of: typeof NOPE | typeof DANCE) => Promise<void>;
  readonly row: (text: string) => Locator;
  /** The titles of what is listed. */
  readonly listed: () => Promise<readonly string[]>;
}

async function openWorld(browser: Browser): Promise<World> {
  const stint = await serveStint();
  const { page, context, mistakes, settled } = await visit(browser);
  await page.goto(stint.link);
  await page.getByRole("heading", { level: 1, name: "Agents" }).waitFor();
  const workspace = page.url().replace(/\/agents.*/, "");
  const api = workspace.replace("/w/", "/api/workspaces/");
  const post = async (path: string, data: object = {}): Promise<Record<string, string>> => {
    const origin = stint.url;
    const answer = await context.request.post(`${api}/${path}`, { data, headers: { origin } });
    assert.ok(answer.ok(), await answer.text());
    return (await answer.json()) as Record<string, string>;
  };
  const agents = {
    [NOPE]: await post("agents", {
      name: "Hopeful",
      instructions: "Send the 'Nope' email to all contacts.",
    }),
    [DANCE]: await post("agents", {
      name: "Dancer",
      instructions: "Dance with every contact until the moon is full.",
    }),
  };
  return {
    page,
    mistakes,
    settled,
    workspace,
    fail: async (of) => void (await post(`agents/${agents[of]["id"]}/trigger`)),
    row: (text) => page.getByRole("row").filter({ hasText: text }),
    listed: () => page.locator("main .row-link").allInnerTexts(),
    [Symbol.asyncDispose]: async () => {
      await context.close();
      await stint[Symbol.asyncDispose]();
    },
  };
}

suite("errors", { skip: missingBrowser ?? false }, () => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser?.close());

  test("PG-110 what fails comes up by itself, is resolved, seen again, muted and taken back, by keys alone, and leads to its executions", async () => {
    await using world = await openWorld(browser);
    const { page, workspace, fail, row, listed } = world;
    const cell = (name: string) => row(NOPE).getByRole("cell", { name, exact: true });
    await page.goto(`${workspace}/executions`);
    await page.getByRole("main").getByRole("link", { name: "Errors" }).click();
    await page.getByRole("heading", { name: "Nothing has failed" }).waitFor();

    await fail(NOPE);
    await cell("Hopeful").waitFor();
    await fail(NOPE);
    await cell("2").waitFor();
    await fail(DANCE);
    await page.getByRole("button", { name: "1 new" }).click();
    await row(DANCE).waitFor();
    assert.deepEqual(await violationsOf(page), []);

    await page.keyboard.press("j");
    assert.deepEqual(await listed(), [NOPE, DANCE]);
    await page.keyboard.press("r");
    await page.getByText(`Resolved: ${NOPE}`).waitFor();
    await row(NOPE).waitFor({ state: "detached" });
    assert.deepEqual(await listed(), [DANCE]);
    await page.locator(".row-link:focus", { hasText: DANCE }).waitFor();

    await fail(NOPE);
    await row(NOPE).getByText("Seen again").waitFor();
    await row(NOPE)
      .getByText(/since .+ resolved it/)
      .waitFor();
    assert.deepEqual(await listed(), [NOPE, DANCE], "it is back where it was");

    await page.keyboard.press("m");
    await page.getByText(`Muted: ${DANCE}`).waitFor();
    await page.getByText("Muted 1").click();
    await row(DANCE)
      .getByText(/Muted by/)
      .waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("o");
    await page.getByRole("heading", { name: "No error is muted" }).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await row(DANCE)
      .getByText(/Muted by/)
      .waitFor();
    await page.goBack();
    await row(NOPE).waitFor();
    assert.deepEqual(await listed(), [NOPE]);

    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.getByText(`Error: ${NOPE}`).waitFor();
    await row("Hopeful").nth(2).waitFor();
    assert.deepEqual(await listed(), ["Hopeful", "Hopeful", "Hopeful"]);
    assert.deepEqual(world.mistakes, []);
  });

  test("PG-111 who may only look is told why they cannot put an error away; what is refused is said where it was asked", async () => {
    await using world = await openWorld(browser);
    const { page, workspace, fail, row, settled } = world;
    const posts: string[] = [];
    page.on("request", (request) => {
      if (request.method() === "POST") posts.push(new URL(request.url()).pathname);
    });
    await page.goto(`${workspace}/errors`);
    await fail(NOPE);
    await row(NOPE).waitFor();
    const resolve = row(NOPE).getByRole("button", { name: /^Resolve/ });

    const problem = { type: "about:blank", title: "The store failed", detail: "It is full" };
    await page.route("**/resolve", (route) =>
      route.fulfill({
        status: 500,
        contentType: "application/problem+json",
        json: { ...problem, status: 500, code: "store_failed" },
      }),
    );
    await resolve.click();
    await page.getByRole("alert").getByText("It is full").waitFor();
    await row(NOPE).waitFor();
    assert.match(posts.splice(0).join(), /^[^,]*\/resolve$/, "one click, one request");

    for (const path of ["**/api/workspaces/*", "**/api/me"]) {
      await page.route(path, async (route) => {
        const answer = await route.fetch();
        const text = (await answer.text()).replaceAll('"role":"owner"', '"role":"viewer"');
        await route.fulfill({ response: answer, body: text });
      });
    }
    await page.reload();
    await resolve.hover();
    await page.getByText(/This needs a Member or above/).waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("r");
    await resolve.click({ force: true });
    await settled();
    assert.deepEqual(posts, []);
  });
});
