import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import type { Store } from "#store/store.ts";

import { activities } from "./activities.ts";
import { companies } from "./companies.ts";
import { contacts } from "./contacts.ts";
import { readCsv } from "./csv.ts";
import { inhabit, openWorld, type World } from "./fixtures.ts";
import { importContacts, LARGEST_FILE, MOST_ROWS } from "./import-contacts.ts";
import { customOf, type ContactRow, fullName } from "./rows.ts";
import { tags } from "./tags.ts";

async function everybody({ store, ws }: World): Promise<readonly ContactRow[]> {
  return (await contacts(store).page({ ws, limit: 200 })).rows.toReversed();
}

test("CR-30 columns are found by the names that people give them; company and tags come with the row", async () => {
  await using world = await openWorld();
  await world.define("contact", "leadScore", "number");
  const file = [
    "FIRST NAME,Surname,E-mail,Organisation,Industry,job_title,Labels,Lead Score,Shoe size,Opted Out",
    'Bo,Berg,bo@example.com,Acme,SaaS,CEO,"VIP; cold lead, VIP",12,44,yes',
    "Al,,al@example.com, ACME ,Food,,,,45,",
  ].join("\r\n");
  const report = await importContacts(world.store, world.change, `\uFEFF${file}\r\n`);
  assert.deepEqual(report, {
    imported: 2,
    updated: 0,
    skipped: 0,
    errors: [],
    errorCount: 0,
    warnings: ['Column "Shoe size" is no field of contacts and was left out'],
  });
  const [bo, al] = await everybody(world);
  assert.deepEqual(
    [fullName(bo!), bo!.email, bo!.title, bo!.opted_out, customOf(bo!)["leadScore"]],
    ["Bo Berg", "bo@example.com", "CEO", 1, 12],
  );
  assert.deepEqual(await tags(world.store).of(1, bo!.id), ["cold lead", "VIP"]);
  assert.equal(al!.company_id, bo!.company_id);
  const acme = await companies(world.store).get(1, bo!.company_id!);
  assert.deepEqual([acme.name, acme.industry], ["Acme", "SaaS"]);
  const { rows } = await activities(world.store).page({ ws: 1, entityId: bo!.id, limit: 5 });
  assert.deepEqual(
    rows.map(({ kind, text }) => [kind, text]),
    [["imported", "Bo Berg imported"]],
  );
});

test("CR-31 a broken row is named by its line and left out as a whole, and the good ones go in", async () => {
  await using world = await openWorld();
  const file = [
    "Name,Email,Company,Tags",
    "Bo Berg,bo@example.com,Acme,ok",
    "Al Ahl,al at example,Never Made,never",
    "Too,few",
    "Cy,cy@example.com,,,and one more",
    ",,Only Firm,",
    "",
    '"Da ""D"" Dahl",da@example.com,"Two\nlines",',
    '"Eve"x,eve@example.com,,',
    "Flo,flo@example.com,,",
    'Gil,gil@example.com,"never closed,',
    "Hal,hal@example.com,,x".replace(",x", `,${"y".repeat(61)}`),
    "Ida,ida@example.com,,",
  ].join("\n");
  const report = await importContacts(world.store, world.change, file);
  assert.deepEqual(report.errors, [
    { line: 3, column: "Email", message: "Invalid email address: al at example" },
    { line: 4, message: "The row has 2 cells where the header names 4" },
    { line: 5, message: "The row has 5 cells where the header names 4" },
    { line: 6, message: "The row has neither an email address nor a name" },
    { line: 10, message: "A quote stands in the middle of a cell, or is not doubled" },
    { line: 12, message: "A quote is opened and never closed" },
    {
      line: 13,
      column: "Tags",
      message: `A tag has at most 60 characters and no comma or semicolon: "${"y".repeat(60)}"`,
    },
  ]);
  assert.deepEqual([report.imported, report.errorCount], [4, 7]);
  const rows = await everybody(world);
  assert.deepEqual(rows.map(fullName), ["Bo Berg", 'Da "D" Dahl', "Flo", "Ida"]);
  const { rows: firms } = await companies(world.store).page({ ws: 1, limit: 9 });
  assert.deepEqual(firms.map(({ name }) => name).toSorted(), ["Acme", "Two\nlines"]);
  assert.deepEqual(
    (await tags(world.store).counts(1)).map(({ name }) => name),
    ["ok"],
  );
});

test("CR-32 somebody known by email is updated or skipped, in the file as in the workspace", async () => {
  await using world = await openWorld();
  const bo = await world.add("contact", { email: "Bo@example.com", title: "CEO", city: "Oslo" }, [
    "a",
  ]);
  const file = [
    "Email;Title;City;Company;Tags",
    "bo@EXAMPLE.com;CTO;;Acme;b",
    "new@example.com;One;Rome;;c",
    "NEW@example.com;Two;;;d",
  ].join("\n");
  const skip = await importContacts(world.store, world.change, file, { existing: "skip" });
  assert.deepEqual([skip.imported, skip.updated, skip.skipped], [1, 0, 2]);
  const update = await importContacts(world.store, world.change, file);
  assert.deepEqual([update.imported, update.updated, update.skipped], [0, 3, 0]);
  const [first, second] = await everybody(world);
  assert.deepEqual(
    [first!.id, first!.title, first!.city, first!.email],
    [bo.id, "CTO", "Oslo", "bo@EXAMPLE.com"],
  );
  assert.notEqual(first!.company_id, null);
  assert.deepEqual([second!.title, second!.city], ["Two", "Rome"]);
  assert.deepEqual(await tags(world.store).of(1, bo.id), ["a", "b"]);
  assert.deepEqual(await tags(world.store).of(1, second!.id), ["c", "d"]);
  const before = second!.version;
  await importContacts(world.store, world.change, file);
  assert.equal((await everybody(world))[1]!.version, before);
});

const FILES: readonly (readonly [what: string, file: string | Uint8Array])[] = [
  ["semicolons", "Vorname;Nachname;E-Mail\nJörg;Meyer;j@example.com\n"],
  ["tabs", "First\tLast\tEmail\nJörg\tMeyer\tj@example.com"],
  ["old Mac line ends", "First,Last,Email\rJörg,Meyer,j@example.com\r"],
  [
    "UTF-16",
    new Uint8Array(Buffer.from("\uFEFFFirst,Last,Email\r\nJörg,Meyer,j@example.com", "utf16le")),
  ],
  [
    "a Windows code page",
    new Uint8Array(Buffer.from("First;Last;Email\r\nJörg;Meyer;j@example.com", "latin1")),
  ],
  ["a whole name", 'Full Name,Email\n"Jörg Meyer",j@example.com'],
];

test("CR-33 files come in the encodings, delimiters and line ends of spreadsheets", async () => {
  for (const [what, file] of FILES) {
    await using world = await openWorld();
    assert.equal((await importContacts(world.store, world.change, file)).imported, 1, what);
    const [row] = await everybody(world);
    assert.deepEqual(
      [row!.first_name, row!.last_name, row!.email],
      ["Jörg", "Meyer", "j@example.com"],
      what,
    );
  }
});

const REFUSED: readonly (readonly [file: string | Uint8Array, code: string, message: RegExp])[] = [
  ["", "invalid", /^The file is empty$/],
  [" \n\n", "invalid", /^The file is empty$/],
  [new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 0, 0]), "invalid", /^This is not a CSV file$/],
  [
    "bo@example.com,Bo\nal@example.com,Al",
    "invalid",
    /^The first line must name the columns.*"bo@example\.com", "Bo"$/,
  ],
  ["City,Country\nOslo,Norway", "invalid", /at least Email, First Name or Name/],
  ["x".repeat(LARGEST_FILE + 1), "too_large", /^The file is larger than 25 MB$/],
  [
    `Email${"\n a@example.com".repeat(MOST_ROWS + 1)}`,
    "too_large",
    /at most 100000 go in at once$/,
  ],
];

test("CR-34 a file that is no table of contacts is refused before anything is written", async () => {
  await using world = await openWorld();
  for (const [file, code, message] of REFUSED) {
    await assert.rejects(importContacts(world.store, world.change, file), { code, message });
  }
  assert.deepEqual(await everybody(world), []);
});

test("CR-35 whoever makes or changes the same contact meanwhile, the row goes in once", async () => {
  await using world = await openWorld();
  const rivals = ["bo@example.com", "al@example.com"];
  let tries = 0;
  const raced: Store = {
    ...world.store,
    write: async (writes) => {
      tries += 1;
      const email = rivals.shift();
      if (email !== undefined) await world.add("contact", { email, title: "Rival" });
      await world.store.write(writes);
    },
  };
  const file = "Email,Title\nbo@example.com,CEO\nal@example.com,CTO";
  const report = await importContacts(raced, world.change, file);
  assert.deepEqual([report.imported, report.updated, tries], [0, 2, 3]);
  const rows = await everybody(world);
  assert.deepEqual(rows.map(({ title }) => String(title)).toSorted(), ["CEO", "CTO"]);
});

test("CR-36 an import goes on over many chunks, stops when it is told to, and stays in its workspace", async () => {
  await using world = await openWorld();
  const file = ["Email", ...Array.from({ length: 1201 }, (_, n) => `p${n}@example.com`)].join("\n");
  const other = inhabit(world.store, 2);
  assert.equal((await importContacts(world.store, other.change, file)).imported, 1201);
  assert.deepEqual(await everybody(world), []);
  const stop = new AbortController();
  const halting: Store = {
    ...world.store,
    write: async (writes) => {
      await world.store.write(writes);
      stop.abort();
    },
  };
  await assert.rejects(importContacts(halting, world.change, file, { signal: stop.signal }), {
    code: "canceled",
    message: "The import was stopped: 250 of 1201 contacts are in",
  });
  const known = await contacts(world.store).byEmails(1, ["p249@example.com", "p250@example.com"]);
  assert.deepEqual([...known.keys()], ["p249@example.com"]);
});

test("CR-37 what is written as CSV is read as it was, whatever is in the cells", async () => {
  const cell = fc.oneof(fc.string(), fc.constantFrom("a,b", 'say "x"', "two\nlines", ";", "", " "));
  const table = fc
    .integer({ min: 1, max: 4 })
    .chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 }),
    );
  const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  await fc.assert(
    fc.asyncProperty(table, async (rows) => {
      const text = rows.map((row) => row.map(quote).join(",")).join("\n");
      const plain = (text_: string): string => text_.replaceAll(/\r\n|\r/g, "\n");
      const read = await readCsv(text);
      assert.deepEqual(read.problems, []);
      const delimited = rows[0]!.length > 1;
      if (delimited)
        assert.deepEqual(
          read.rows.map(({ cells }) => cells),
          rows.map((row) => row.map(plain)),
        );
    }),
    { numRuns: 200 },
  );
});
