/** Every place, as people with other eyes, other screens, other hands and other rights meet it. */
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";

import type { Browser } from "playwright-core";

import {
  launchBrowser,
  missingBrowser,
  overflowAt,
  untilInField,
  violationsIn,
  violationsOf,
  type Visit,
  visit,
} from "./browser.ts";
import { type ServedStint, serveStint } from "./stint.ts";

const PLACES = [
  "agents",
  "agents/new",
  "executions",
  "executions?status=failed,waiting&range=7d",
  "errors",
  "errors?state=muted&range=7d",
  "agent-clis",
  "agent-clis?outcome=failed&cli=codex",
  "agent-clis/new",
  "contacts",
  "contacts/import",
  "companies",
  "deals",
  "tasks",
  "templates",
  "outbox",
  "settings",
  "settings?tab=names",
  "settings?tab=fallbacks",
  "settings?tab=model",
  "settings?tab=keys",
  "settings?tab=workspace",
  "settings?tab=account",
  "nowhere",
] as const;

/** What is wrong with places: by axe-core in the light and in the dark, and whatever is too wide at 390 pixels. */
interface Findings {
  readonly light: string[];
  readonly dark: string[];
  readonly wide: string[];
}

suite("places", { skip: missingBrowser ?? false }, () => {
  let stint: ServedStint;
  let browser: Browser;
  let owner: Visit;
  let workspace: string;
  /** One execution that completed, one that waits, one that failed, and their agents. */
  let executions: readonly string[];
  let agents: readonly string[];

  const run = async (name: string): Promise<void> => {
    const { page } = owner;
    await page.goto(`${workspace}/agents`);
    await page.getByRole("link", { name }).click();
    await page.getByRole("button", { name: "Run Now" }).click();
    await page
      .locator(".mantine-Notification-root", { hasText: /completed|paused|failed/ })
      .first()
      .waitFor();
  };

  before(async () => {
    [stint, browser] = await Promise.all([serveStint(), launchBrowser()]);
    owner = await visit(browser);
    const { page } = owner;
    await page.goto(stint.link);
    await page.getByRole("heading", { level: 1, name: "Agents" }).waitFor();
    workspace = page.url().replace(/\/agents.*/, "");
    for (const name of ["Welcome new leads", "Webinar follow-up", "Win back quiet customers"])
      await run(name);
    agents = await hrefs("agents");
    executions = await hrefs("executions");
  });
  after(async () => {
    await browser?.close();
    await stint?.[Symbol.asyncDispose]();
  });

  const hrefs = async (place: string): Promise<readonly string[]> => {
    await owner.page.goto(`${workspace}/${place}`);
    const links = owner.page.locator("main a.row-link");
    await links.first().waitFor();
    const found = await Promise.all((await links.all()).map((link) => link.getAttribute("href")));
    return found.map((href) => `${place}/${href!.split("/").at(-1)!}`);
  };
  const everywhere = (): readonly string[] => [
    ...PLACES,
    ...executions.flatMap((path) => [
      path,
      `${path}?tab=journeys`,
      `${path}?tab=messages`,
      `${path}?tab=facts`,
    ]),
    ...agents
      .slice(0, 1)
      .flatMap((path) => [
        path,
        `${path}?tab=history`,
        `${path}?tab=settings`,
        `${path}?tab=versions`,
      ]),
  ];
  const signedIn = async (look: { width?: number; scheme?: "light" | "dark" }): Promise<Visit> => {
    const other = await visit(browser, look);
    await other.context.addCookies(await owner.context.cookies());
    return other;
  };

  /** One visit to a place is enough to see it in the light, in the dark and on a telephone. */
  const look = async (places: readonly string[], found: Findings): Promise<void> => {
    const { page, context, settled } = await signedIn({});
    for (const place of places) {
      const note = (wrong: string): string => `${place}: ${wrong}`;
      await page.emulateMedia({ colorScheme: "light" });
      await page.goto(`${workspace}/${place}`);
      await settled();
      found.light.push(...(await violationsOf(page)).map(note));
      found.dark.push(...(await violationsIn(page, "dark")).map(note));
      if ((await overflowAt(page, 390)) > 0) found.wide.push(place);
    }
    await context.close();
  };
  let tour: Promise<Findings> | undefined;
  const tourOnce = (): Promise<Findings> => (tour ??= takeTour());
  const takeTour = async (): Promise<Findings> => {
    const found: Findings = { light: [], dark: [], wide: [] };
    const places = everywhere();
    const half = Math.ceil(places.length / 2);
    await Promise.all([look(places.slice(0, half), found), look(places.slice(half), found)]);
    return found;
  };

  test("WB-52 axe-core finds nothing wrong with any place in the light", async () =>
    assert.deepEqual((await tourOnce()).light, []));

  test("WB-53 axe-core finds nothing wrong with any place in the dark", async () =>
    assert.deepEqual((await tourOnce()).dark, []));

  test("WB-54 at 390 pixels no place is wider than the window, and the places are behind one button", async () => {
    assert.deepEqual((await tourOnce()).wide, []);
    const { page, context } = await signedIn({ width: 390 });
    await page.goto(`${workspace}/agents`);
    await page.getByRole("button", { name: "Places" }).click();
    await page.getByText("Contacts", { exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Contacts" }).waitFor();
    await context.close();
  });

  test("WB-55 forms, menus, the palette and the key sheet are as they should be, too", async () => {
    const { page, context } = await signedIn({});
    const check = async (what: string): Promise<void> =>
      assert.deepEqual(await violationsOf(page), [], what);
    await page.goto(`${workspace}/contacts`);
    await page.getByRole("button", { name: "New contact" }).click();
    await page.getByLabel("First name").waitFor();
    await check("a form");
    await page.goto(`${workspace}/templates`);
    await page.locator(".row-link").first().click();
    await page.getByRole("combobox", { name: "Preview with" }).waitFor();
    await check("a template");
    await page.goto(`${workspace}/executions`);
    await page.getByRole("button", { name: "Status" }).click();
    await page.getByRole("menuitemcheckbox", { name: "Failed" }).waitFor();
    await check("a menu of filters");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /Account of/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).waitFor();
    await check("the account's menu");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Time" }).click();
    await page.getByRole("button", { name: "Last 7 days" }).waitFor();
    await page.getByRole("button", { name: "Previous month" }).waitFor();
    await check("the times");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+k");
    await page.getByPlaceholder("Go to an agent").waitFor();
    await check("the palette");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /Notifications/ }).click();
    await page.getByText("Mark all as read").waitFor();
    await check("notifications");
    await context.close();
  });

  test("WB-56 the main job goes by keys alone: to an agent, run it, its log, its steps, the next one", async () => {
    const { page, context } = await signedIn({});
    await page.goto(`${workspace}/executions`);
    await page.locator(".row-link").first().waitFor();
    await page.keyboard.press("Control+k");
    await untilInField(page);
    await page.keyboard.type("Watch big");
    await page.locator("[data-selected]", { hasText: "Watch big deals" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Watch big deals" }).waitFor();
    await page.getByRole("button", { name: "Run Now" }).focus();
    await page.keyboard.press("Enter");
    await page.locator(".mantine-Notification-root").first().waitFor();
    await page.goto(`${workspace}/executions`);
    await page.locator(".row-link").first().waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Watch big deals" }).waitFor();
    await page.getByRole("button", { name: "Open all" }).waitFor();
    await page.keyboard.press("e");
    await page.getByRole("button", { name: "Close all" }).waitFor();
    await page.keyboard.press("j");
    await page.getByRole("heading", { level: 1, name: "Win back quiet customers" }).waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog").getByText("Cancel (asks first)").waitFor();
    await context.close();
  });

  test("WB-57 a filter is in the address: it stays on loading again, and each pill takes one away", async () => {
    const { page, context } = await signedIn({});
    await page.goto(`${workspace}/executions`);
    await page.getByRole("button", { name: "Status" }).click();
    await page.getByRole("menuitemcheckbox", { name: "Failed" }).click();
    await page.keyboard.press("Escape");
    await page.waitForURL(/status=failed/);
    await page.reload();
    const rows = page.getByRole("table", { name: "Executions" }).locator("tbody tr");
    await rows.getByRole("link", { name: "Win back quiet customers" }).waitFor();
    assert.equal(await rows.count(), 1);
    await page.getByRole("button", { name: "Remove filter Failed" }).click();
    await rows.getByRole("link", { name: "Welcome new leads" }).waitFor();
    await context.close();
  });

  test("WB-58 an execution that somebody else starts waits behind “1 new” and moves nothing", async () => {
    const { page, context } = await signedIn({});
    await page.goto(`${workspace}/executions`);
    const rows = page.locator("main .row-link");
    await rows.first().waitFor();
    const names = await rows.allTextContents();
    await run("Pick key accounts");
    await page.getByRole("button", { name: "1 new" }).waitFor();
    assert.deepEqual(await rows.allTextContents(), names);
    await page.getByRole("button", { name: "1 new" }).click();
    await page.getByRole("link", { name: "Pick key accounts" }).waitFor();
    await context.close();
  });

  test("WB-59 a Viewer sees the same, and each button that is not theirs says why", async () => {
    const { page } = owner;
    await page.goto(`${workspace}/settings`);
    await page.getByRole("button", { name: "Add member" }).click();
    await page.getByLabel("Email").fill("vera@example.com");
    await page.getByRole("combobox", { name: "Role", exact: true }).click();
    await page.getByRole("option", { name: "Viewer" }).click();
    await page.getByRole("button", { name: "Add", exact: true }).click();
    const password = (await page.locator("[data-secret]").textContent())!;
    const vera = await visit(browser);
    await vera.page.goto(`${workspace}/${agents[0]}`);
    await vera.page.getByLabel("Email").fill("vera@example.com");
    await vera.page.locator('input[name="password"]').fill("wrong password");
    await vera.page.getByRole("button", { name: "Sign in" }).click();
    await vera.page.getByText("The email address or the password is not right.").waitFor();
    await vera.page.locator('input[name="password"]').fill(password);
    await vera.page.getByRole("button", { name: "Sign in" }).click();
    const runNow = vera.page.getByRole("button", { name: "Run Now" });
    assert.equal(await runNow.getAttribute("aria-disabled"), "true");
    await runNow.hover();
    await vera.page.getByText("You are a Viewer here. This needs a Member or above.").waitFor();
    await vera.page.goto(`${workspace}/outbox`);
    await vera.page
      .getByText("You are a Viewer here. This needs an Admin or above.")
      .first()
      .waitFor();
    assert.deepEqual(await violationsOf(vera.page), []);
    await vera.context.close();
  });

  test("WB-60 the first place needs less than 300 kB of script, compressed", async () => {
    const { page, context, settled } = await signedIn({});
    await page.goto(`${workspace}/agents`);
    await settled();
    const bytes = await page.evaluate<number>(
      'performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(".js")).reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)',
    );
    assert.ok(bytes > 0 && bytes < 300_000, `${bytes} bytes`);
    await context.close();
  });
});
