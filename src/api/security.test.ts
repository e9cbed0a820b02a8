import assert from "node:assert/strict";
import { test } from "node:test";

import { pagePolicy } from "./page.ts";
import { demandSameOrigin, type Provenance } from "./security.ts";

const own: Provenance = {
  method: "POST",
  host: "127.0.0.1:4400",
  origin: undefined,
  fetchSite: undefined,
};

function isRefused(from: Partial<Provenance>): boolean {
  try {
    demandSameOrigin({ ...own, ...from });
    return false;
  } catch {
    return true;
  }
}

test("AP-3 a cookie's request that changes something must come from the page itself", () => {
  assert.equal(isRefused({ fetchSite: "same-origin" }), false);
  assert.equal(isRefused({ origin: "http://127.0.0.1:4400" }), false);
  assert.equal(isRefused({ method: "GET", origin: "https://evil.example" }), false);
  assert.equal(isRefused({ fetchSite: "cross-site" }), true);
  assert.equal(isRefused({ fetchSite: "same-site", origin: "http://127.0.0.1:4400" }), true);
  assert.equal(isRefused({ origin: "https://evil.example" }), true);
  assert.equal(isRefused({ origin: "http://127.0.0.1:4401" }), true);
  assert.equal(isRefused({ origin: "null" }), true);
  assert.equal(isRefused({}), true);
});

test("AP-3 the page's policy lets only its own scripts run", () => {
  const policy = pagePolicy(
    '<script type="module" src="/assets/a.js"></script><script>let a = 1;</script>',
  );
  assert.match(policy, /script-src 'self' 'sha256-[^']+';/);
  assert.ok(!policy.includes("script-src 'self' 'unsafe-inline'"));
  assert.match(pagePolicy("<p>none</p>"), /script-src 'self';/);
});
