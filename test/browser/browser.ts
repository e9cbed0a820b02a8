/** A real Chromium, found where the set-up or Debian has put it. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

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
  return { page, context, mistakes };
}

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What axe-core finds wrong with what is shown, one line each. */
export async function violationsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<{ violations: readonly Violation[] }>("axe.run()");
  return violations.map(({ id, help, nodes }) => {
    const [first] = nodes;
    return `${id}: ${help} (${nodes.length}) ${first?.html.slice(0, 200)} ${first?.failureSummary.slice(0, 300)}`;
  });
}

/** How much wider the page is than its window, in pixels. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate<number>(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
  );
}
