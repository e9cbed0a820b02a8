/** A real Chromium, found where the set-up or Debian has put it. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { setTimeout } from "node:timers/promises";

import {
  type Browser,
  type BrowserContext,
  chromium,
  type Page,
  type Request,
} from "playwright-core";

const require = createRequire(import.meta.url);
const PROGRAM = process.env["STINT_CHROMIUM"] ?? "/usr/bin/chromium";

/** Why there is no browser to test with; undefined where there is one. */
export const missingBrowser = existsSync(PROGRAM)
  ? undefined
  : (process.env["STINT_CHROMIUM_MISSING"] ?? `there is no Chromium at ${PROGRAM}`);

export interface Look {
  readonly width?: number;
  readonly scheme?: "light" | "dark";
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: PROGRAM,
    // As root, as in containers, its sandbox does not start.
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
}

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went wrong in the page itself: uncaught errors. */
  readonly mistakes: readonly string[];
  /** Once everything that it asked for is there and drawn. */
  readonly settled: () => Promise<void>;
}

export async function visit(
  browser: Browser,
  { width = 1440, scheme = "light" }: Look = {},
): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const mistakes: string[] = [];
  page.on("pageerror", (error) => mistakes.push(error.message));
  return { page, context, mistakes, settled: settling(page) };
}

const TWO_FRAMES =
  "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))";

/** Unlike "networkidle" it waits for no half second in which nothing happens: that adds up over every place. */
function settling(page: Page): () => Promise<void> {
  const asked = new Set<Request>();
  page.on("request", (request) => asked.add(request));
  page.on("requestfinished", (request) => asked.delete(request));
  page.on("requestfailed", (request) => asked.delete(request));
  return async () => {
    await page.locator("h1, h2").first().waitFor();
    do {
      while (asked.size > 0)
        await Promise.race([
          page.waitForEvent("requestfinished"),
          page.waitForEvent("requestfailed"),
        ]);
      await page.evaluate(TWO_FRAMES);
    } while (asked.size > 0);
    await page.locator(".mantine-Skeleton-root").first().waitFor({ state: "detached" });
  };
}

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** The rules whose verdict hangs on colours; all others say the same of the same page in any scheme. */
const OF_COLOURS = ["color-contrast", "link-in-text-block"] as const;

/** What axe-core finds wrong with what is shown, one line each. */
export async function violationsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  return runAxe(page);
}

/** What is wrong with its colours once the page, already looked at in one scheme, has changed to another. */
export async function violationsIn(
  page: Page,
  scheme: "light" | "dark",
): Promise<readonly string[]> {
  await page.emulateMedia({ colorScheme: scheme });
  await page.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor({ state: "attached" });
  await page.evaluate(AT_REST);
  return runAxe(page, OF_COLOURS);
}

async function runAxe(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  const options = { resultTypes: ["violations"], preload: false, ...(rules && { runOnly: rules }) };
  const { violations } = await page.evaluate<{ violations: readonly Violation[] }>(
    `axe.run(${JSON.stringify(options)})`,
  );
  return violations.map(({ id, help, nodes }) => {
    const [first] = nodes;
    return `${id}: ${help} (${nodes.length}) ${first?.html.slice(0, 200)} ${first?.failureSummary.slice(0, 300)}`;
  });
}

/** Colours and places on their way to where they are going are there at once. */
const AT_REST = `(async () => {
  for (const change of document.getAnimations()) if (change instanceof CSSTransition) change.finish();
  await ${TWO_FRAMES};
})()`;

/** How much wider the page is than a window of that width, in pixels; the window is as before afterwards. */
/**
 * Waits until an expression holds in the page, a test's time limit at the longest. Playwright's own `waitForFunction` evaluates strings
 * inside the page, which its policy forbids.
 */
export async function untilTrue(page: Page, expression: string): Promise<void> {
  while (!(await page.evaluate<boolean>(expression))) await setTimeout(20);
}

/** What is typed before a field has the focus goes elsewhere. */
export const untilInField = (page: Page): Promise<void> =>
  page.locator("input:focus, textarea:focus").waitFor();

export async function overflowAt(page: Page, width: number): Promise<number> {
  const before = page.viewportSize();
  await page.setViewportSize({ width, height: 900 });
  await page.evaluate(AT_REST);
  const overflow = await overflowOf(page);
  if (before !== null) await page.setViewportSize(before);
  return overflow;
}

function overflowOf(page: Page): Promise<number> {
  return page.evaluate<number>(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
  );
}
