import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { ENTITIES, FIELDS } from "#crm/fields.ts";
import { openWorld } from "#crm/fixtures.ts";
import { lookFor } from "#crm/look.ts";
import { subjects } from "#crm/subjects.ts";
import { Fault } from "#domain/fault.ts";
import { findVariables } from "#domain/variables.ts";

import { resolved } from "./texts.ts";

const names = ENTITIES.flatMap((entity) =>
  FIELDS[entity].flatMap(({ name, aliases }) =>
    [name, ...aliases, name.toUpperCase()].map((one) => `${entity}.${one}`),
  ),
);
const anyName = fc.oneof(
  fc.constantFrom(...names, "contact", "company", "deal"),
  fc.constantFrom("contact.nick", "contact.custom.gone", "deal.custom.x", "company.contact.x"),
);
const anyText = fc.array(
  fc.oneof(
    fc.constantFrom("Hi ", ", ", ".", " and ", "\n", "<p>", "a&b", "|"),
    fc
      .tuple(anyName, fc.constantFrom("", "|there", '|"@company.name or so"', ".Thanks"))
      .map(([name, rest]) => ` @${name}${rest}`),
  ),
  { minLength: 1, maxLength: 6 },
);

test("VA-35 whatever fields a text names, it is sent without a variable left in it, or not at all", async () => {
  await using world = await openWorld();
  const company = await world.add("company", { name: "Acme" });
  const { id } = await world.add("contact", { firstName: "Bo", companyId: company.id }, ["VIP"]);
  const look = lookFor(await subjects(world.store).load(1, "contact", id));
  fc.assert(
    fc.property(anyText, fc.boolean(), (pieces, isGeneral) => {
      const fallbackOf = (): string | undefined => (isGeneral ? "friend" : undefined);
      try {
        const text = resolved(pieces.join(""), { look, scene: { zone: "UTC", fallbackOf } });
        assert.deepEqual(findVariables(text), []);
        assert.doesNotMatch(text, /null|undefined|\[object/);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        assert.deepEqual([error.code, error.scope, isGeneral], ["missing_value", "contact", false]);
      }
    }),
  );
});
