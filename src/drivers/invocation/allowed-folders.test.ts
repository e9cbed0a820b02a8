import assert from "node:assert/strict";
import { mkdir, mkdtemp, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { allowedFolders } from "./allowed-folders.ts";

const root = await realpath(await mkdtemp(join(tmpdir(), "stint-folders-")));
after(() => rm(root, { recursive: true }));
const folder = async (name: string): Promise<string> => {
  const path = join(root, name);
  await mkdir(path, { recursive: true });
  return path;
};

test("IV-19 who operates a server says in which folders Agent CLIs and commands may work: unset in any, empty in none", async () => {
  const [within, beside] = [await folder("srv/app"), await folder("srv-other")];
  allowedFolders(undefined)(beside);
  const demand = allowedFolders(`${join(root, "srv")}:${join(root, "not-there")}`);
  demand(join(root, "srv"));
  demand(within);
  assert.throws(() => demand(beside), { code: "forbidden", suggestion: /STINT_FOLDERS/ });
  assert.throws(() => demand(root), { code: "forbidden" });
  assert.throws(() => demand(join(root, "srv/missing")), { code: "invalid" });
  assert.throws(() => allowedFolders("")(within), {
    code: "forbidden",
    suggestion: /lets nothing/,
  });
});

test("IV-19 a link that leads out of them is no way in, nor is a path that climbs", async () => {
  const [allowed, secret] = [await folder("open"), await folder("secret")];
  const link = join(allowed, "link");
  await symlink(secret, link);
  const demand = allowedFolders(allowed);
  assert.throws(() => demand(link), { code: "forbidden" });
  assert.throws(() => demand(`${allowed}/../secret`), { code: "forbidden" });
  const entry = join(root, "entry");
  await symlink(allowed, entry);
  demand(entry);
  allowedFolders(entry)(allowed);
});
