import assert from "node:assert/strict";
import { test } from "node:test";

import { diskFault } from "./disk-fault.ts";

const failed = (code: string, syscall: string, path?: string): Error =>
  Object.assign(new Error(code), { code, syscall, ...(path !== undefined && { path }) });

test("SV-71 a disk that does not let a file be written is told in words, with what to do", () => {
  const told = (error: unknown, place?: string): readonly (string | undefined)[] => {
    const fault = diskFault(error, place);
    return [fault?.code, fault?.message, fault?.suggestion];
  };
  const ROOM = "Make room there, then try again.";
  assert.deepEqual(told(failed("ENOSPC", "write"), "/data"), [
    "unavailable",
    "The disk of /data is full.",
    ROOM,
  ]);
  assert.deepEqual(told(failed("EDQUOT", "open", "/data/a")), [
    "unavailable",
    "This user may not fill more of the disk of /data/a: its quota is used up.",
    ROOM,
  ]);
  assert.match(told(failed("EROFS", "mkdir", "/a")).join(" "), /can be read only\. Mount it/);
  assert.match(told(failed("EACCES", "open", "/a")).join(" "), /may not write \/a\. Give this/);
});

test("SV-71 what is about something else is none of a disk's", () => {
  const others = [
    failed("EPERM", "kill"),
    failed("EACCES", "listen"),
    failed("ENOENT", "open", "/a"),
    new Error("ENOSPC"),
    "ENOSPC",
  ];
  assert.deepEqual(
    others.map((error) => diskFault(error)),
    others.map(() => undefined),
  );
});
