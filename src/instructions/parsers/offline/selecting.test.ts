import { test } from "node:test";

import { says } from "./testing-conditions.ts";

test(
  "PA-265 who is meant may be told by what we or nobody did to them, and when",
  says({
    "Find leads we haven't heard from in 3 weeks": "lastContactedAt < -P3W",
    "Find contacts that nobody has contacted in 45 days": "lastContactedAt < -P45D",
    "Find customers our team hasn't called in 90 days":
      "(status == Customer & lastContactedAt < -P90D)",
    "Find people we met in the last 2 weeks": "lastContactedAt >= -P2W",
    "Find deals that no one has touched in two weeks": "updatedAt < -P2W",
    "Find contacts we have never emailed": "!lastContactedAt exists",
    "Find leads nobody owns": "!owner exists",
    "Find deals I own": "owner == @user.creator",
    "Skip anyone we already talked to in the last two weeks": "contact.lastContactedAt >= -P2W",
    "If nobody has touched the deal in 5 days, notify @user.ops": "deal.updatedAt < -P5D",
    "If we haven't heard from them, send 'X'": "contact.replied == false",
  }),
);

test(
  "PA-266 who is left out may be named as people are: by what they are, what is said of them, in lists, by a place inside of another",
  says({
    "Find everyone in France except those tagged Partner":
      "(country == France & !tags contains Partner)",
    "Find contacts in Oslo, skipping anyone tagged Partner, and send 'X'":
      "(city == Oslo & !tags contains Partner)",
    "Find contacts in Oslo excluding anyone with no email and anyone tagged Partner":
      "(city == Oslo & !(!email exists | tags contains Partner))",
    "Find contacts in Oslo, ignoring anybody without an email": "(city == Oslo & email exists)",
    "Find all contacts in Spain apart from Madrid, max 10":
      "(country == Spain & !city == Madrid) limit 10",
    "Find contacts in Oslo, not including VPs": "(city == Oslo & !title contains VP)",
    "Find all contacts, excluding @memory.done": "!contact in @memory.done",
    "Skip existing customers and partners":
      "(contact.status == Customer | contact.status == Partner)",
    "Skip contacts without a phone number, and those in Germany":
      "(!contact.phone exists | contact.country == Germany)",
    "Skip VPs in Berlin": "(contact.title contains VP & contact.city == Berlin)",
    "Skip whoever replied": "contact.replied == true",
    "Continue only if they have an email": "!contact.email exists",
  }),
);

test(
  "PA-267 tags may be told by a slash, as being there, or by being there at all",
  says({
    "Find contacts tagged hot/warm": "(tags contains hot | tags contains warm)",
    "Find contacts tagged A/B Test": "tags contains A/B Test",
    "If the tag Webinar is present, send 'X'": "contact.tags contains Webinar",
    "If the 'VIP' tag is missing, send 'X'": "!contact.tags contains VIP",
    "Skip those that are already tagged": "contact.tags exists",
  }),
);

test(
  "PA-268 a company is compared by its name, an address by what it contains, a moment by any field",
  says({
    "Skip contacts whose company is Acme": "company.name == Acme",
    "If their company isn't Initech, stop": "company.name != Initech",
    "Find contacts whose email contains gmail.com": "email contains gmail.com",
    "Filter out people with a gmail address": "contact.email contains gmail",
    "If contact.lastLogin is more than 7 days ago, send 'X'": "contact.lastLogin < -P7D",
    "Find contacts with renewal date before 2026-01-01": "renewalDate < 2026-01-01",
    "Find deals with a close date in the next two weeks": "(closeDate >= today & closeDate <= P2W)",
    "Find companies with no industry set": "!industry exists",
  }),
);
