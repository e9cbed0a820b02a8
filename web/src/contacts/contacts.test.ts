import assert from "node:assert/strict";
import { test } from "node:test";

import type { Contact } from "#contract/shapes/crm.ts";

import { phraseAmount } from "../crm/amounts.ts";
import { CONTACT_FIELDS, TASK_FIELDS } from "../crm/fields.ts";
import { changesOf, valuesOf } from "../crm/record-values.ts";
import { sampleOf } from "../messages/sample.ts";
import { decodeFile, previewOf } from "./preview.ts";
import { phraseReport } from "./report-words.ts";

test("WB-30 before an import one sees what each column becomes, the first rows, and how many there are", () => {
  const preview = previewOf(
    '\uFEFFFirst Name;E-Mail;Firma;Shoe size\nAda;ada@x.de;"Analytical; Engines";38\nBob;b@x.de;;\n',
  );
  assert.deepEqual(
    preview.columns.map(({ becomes }) => becomes),
    ["First name", "Email", "Company", undefined],
  );
  assert.deepEqual(preview.rows[0], ["Ada", "ada@x.de", "Analytical; Engines", "38"]);
  assert.equal(preview.lines, 2);
  assert.equal(preview.refusal, undefined);
  assert.equal(
    previewOf("Email,Shoe size\na@b.c,38", ["Shoe Size"]).columns[1]?.becomes,
    "Shoe Size",
  );
});

test("WB-31 a file that cannot be imported is refused with what to do, and broken quotes break nothing", () => {
  assert.match(previewOf("").refusal ?? "", /empty/);
  assert.match(previewOf("PK\u0003\u0004…").refusal ?? "", /Save the spreadsheet as CSV/);
  assert.match(previewOf("Color,Shoe size\nred,38").refusal ?? "", /name the columns/);
  assert.equal(previewOf('Email,Name\na@b.c,"never closed\nd@e.f,x').refusal, undefined);
});

test("WB-32 a file is read in whatever encoding spreadsheets save it", () => {
  assert.equal(decodeFile(new TextEncoder().encode("Jürgen")), "Jürgen");
  assert.equal(decodeFile(new Uint8Array([0x4a, 0xfc, 0x72])), "Jür");
  assert.equal(decodeFile(new Uint8Array([0xff, 0xfe, 0x41, 0x00])), "\uFEFFA".slice(1));
});

test("WB-33 an import's report says what came in and what did not", () => {
  assert.equal(
    phraseReport({ imported: 1, updated: 0, skipped: 0, errorCount: 0 }),
    "1 contact imported.",
  );
  assert.equal(
    phraseReport({ imported: 1200, updated: 2, skipped: 3, errorCount: 1 }),
    "1,200 contacts imported, 2 updated, 3 skipped, 1 row left out.",
  );
});

test("WB-34 a form sends only what was changed, and what was emptied as nothing", () => {
  const row = { firstName: "Ada", email: "a@b.c", tags: ["x"], optedOut: false };
  const values = {
    ...valuesOf(CONTACT_FIELDS, row),
    firstName: " Grace ",
    email: "",
    tags: ["x", "y"],
  };
  assert.deepEqual(changesOf(CONTACT_FIELDS, values, row), {
    firstName: "Grace",
    email: null,
    tags: ["x", "y"],
  });
  assert.deepEqual(
    changesOf(
      TASK_FIELDS,
      { ...valuesOf(TASK_FIELDS, undefined), title: "Call", dueAt: "2026-12-01" },
      undefined,
    ),
    { title: "Call", dueAt: "2026-12-01T12:00:00Z" },
  );
});

test("WB-35 a template reads as its receiver would get it, and names what is missing", () => {
  const contact = {
    firstName: "Ada",
    city: null,
    company: { id: "com_1", name: "Engines" },
    customFields: { leadScore: 9 },
  } as unknown as Contact;
  const sample = sampleOf(
    "Hi @contact.firstName of @company.name (@contact.custom.leadScore) in @contact.city, @contact.lastName|friend",
    contact,
  );
  assert.equal(sample.text, "Hi Ada of Engines (9) in , friend");
  assert.deepEqual(sample.missing, ["@contact.city"]);
});

test("WB-36 an amount of money has the digits it needs, and an unknown one is called unknown", () => {
  assert.deepEqual(
    [phraseAmount(12000, "USD"), phraseAmount(0.5, "EUR"), phraseAmount(null, "USD")],
    ["$12,000", "€0.50", "unknown"],
  );
});
