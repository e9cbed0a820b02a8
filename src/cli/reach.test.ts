import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { type Place, placeOf } from "./reach.ts";

process.chdir(mkdtempSync(join(tmpdir(), "stint-place-"))); // nothing lies here

const SERVER = { STINT_URL: "https://stint.test/base", STINT_TOKEN: "k" };
const where = (data: string | undefined, env: Record<string, string>): string => {
  const place: Place = placeOf(data, env);
  return place.kind === "folder" ? place.path : place.url.href;
};

test("CL-79 what is named wins: --data, then STINT_URL, then STINT_DATA, then what lies here, then one's own", () => {
  assert.equal(where("/srv/data", { ...SERVER, STINT_DATA: "/other" }), "/srv/data");
  assert.equal(where(undefined, { ...SERVER, STINT_DATA: "/other" }), "https://stint.test/base");
  assert.equal(where(undefined, { STINT_URL: "", STINT_DATA: "/other" }), "/other");
  assert.equal(where(undefined, { XDG_DATA_HOME: "/xdg" }), "/xdg/stint");
  assert.equal(where(undefined, {}), join(homedir(), ".local/share/stint"));
});

test("CL-79 an address that is none, and a server without a key, are refused with what to do", () => {
  for (const STINT_URL of ["stint.test", "ftp://stint.test"]) {
    assert.throws(
      () => placeOf(undefined, { STINT_URL, STINT_TOKEN: "k" }),
      /STINT_URL is no address/,
    );
  }
  assert.throws(() => placeOf(undefined, { STINT_URL: "http://x" }), /STINT_TOKEN holds no key/);
});
