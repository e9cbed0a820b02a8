import { test } from "node:test";

import { says } from "./testing-conditions.ts";
import { assertRefused } from "./testing-plans.ts";

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

test(
  "PA-269 a comma behind an or binds looser than both, commas before a last or make a series, either holds its alternatives together",
  says({
    "Find contacts: city = Oslo OR city = Bergen, title contains Operations":
      "((city == Oslo | city == Bergen) & title contains Operations)",
    "If title contains VP or title contains Director, and the company has over 100 employees, stop":
      "((contact.title contains VP | contact.title contains Director) & company.employees > 100)",
    "If they replied, opened the email or are tagged VIP, stop":
      "(contact.replied == true | contact.openedEmail == true | contact.tags contains VIP)",
    "Find contacts where title contains CEO, city is Paris or city is Rome":
      "(title contains CEO & (city == Paris | city == Rome))",
    "If status is New and either the title contains CEO or employees > 500, stop":
      "(contact.status == New & (contact.title contains CEO | company.employees > 500))",
    "Find contacts where status is New or status is Open and city is Rome":
      "(status == New | (status == Open & city == Rome))",
  }),
);

test(
  "PA-270 words of the grammar with capitals are part of a name, and what is missing needs no verb",
  says({
    "If the contact's status is Do Not Disturb, stop": "contact.status == Do Not Disturb",
    "If the contact's status is Past Customer, stop": "contact.status == Past Customer",
    "If the stage is Under Review, stop": "deal.stage == Under Review",
    "If the status is In Review, stop": "contact.status == In Review",
    "If status IS NOT New, stop": "contact.status != New",
    "Enrich; if contact.email still missing, tag no-email": "!contact.email exists",
    "Find deals with owner missing and value over 5k": "(!owner exists & value > 5000)",
    "Find companies with more than 200 employees without a phone number":
      "(employees > 200 & !phone exists)",
    "Find leads that were created in the last 5 days and don't have a phone number":
      "(createdAt >= -P5D & !phone exists)",
    "Find contacts who opened the email but never replied":
      "(openedEmail == true & replied == false)",
    "People in Dallas whose title mentions Sales: send 'X'":
      "(city == Dallas & title contains Sales)",
  }),
);

test(
  "PA-271 how many may be said in any manner, beside the search or in a sentence of its own",
  says({
    "Find contacts in Basel, but no more than 40. Send 'X'": "city == Basel limit 40",
    "Find contacts in Basel, keeping it to 20, and send 'X'": "city == Basel limit 20",
    "Find contacts in Basel. Twenty's plenty. Send 'X'": "city == Basel limit 20",
    "Find contacts in Basel. We only need 20. Send 'X'": "city == Basel limit 20",
    "Find contacts in Basel. 50 max. Send 'X'": "city == Basel limit 50",
    "Find contacts in Basel; just 5; send 'X'": "city == Basel limit 5",
    "Find contacts in Basel [limit: 30] -> send 'X'": "city == Basel limit 30",
    "Find around 40 contacts in Basel": "city == Basel limit 40",
    "Find 40 contacts or so in Basel": "city == Basel limit 40",
    "Get me companies in Basel, eight of them is enough": "city == Basel limit 8",
  }),
);

test(
  "PA-272 how long something has been so is told by when it was changed or written to last",
  says({
    "Show me deals stuck in Negotiation for more than 30 days":
      "(stage == Negotiation & updatedAt < -P30D)",
    "If the deal has been in Proposal for two weeks, stop":
      "(deal.stage == Proposal & deal.updatedAt < -P2W)",
    "deals > 20k, idle 10d": "(value > 20000 & updatedAt < -P10D)",
    "If it's been more than 30 days since they were last contacted, stop":
      "contact.lastContactedAt < -P30D",
    "If it has been less than 2 days since their last email, stop":
      "contact.lastContactedAt >= -P2D",
    "If it's been 3 weeks since the deal was updated, stop": "deal.updatedAt < -P3W",
  }),
);

test(
  "PA-273 a status or stage may begin with a small word or go on behind one, and what a title holds may be told by its words",
  says({
    "If the contact's status is New or in review, stop": "contact.status in New,in review",
    "If the deal's stage is on hold, stop": "deal.stage == on hold",
    "Find deals where stage is Lost to Competitor and value is at least $10,000":
      "(stage == Lost to Competitor & value >= 10000)",
    "Find contacts where status in (New, Open)": "status in New,Open",
    "Find people whose title has Data in it": "title contains Data",
    "Find contacts with the word Growth in their job title": "title contains Growth",
    "contacts where replied=false and openedEmail=true": "(replied == false & openedEmail == true)",
    "Find everybody we've got in Lisbon": "city == Lisbon",
    "VPs + Directors in NYC": "((title contains VP | title contains Director) & city == NYC)",
    "Find large companies (500+ employees) in Oslo": "(employees >= 500 & city == Oslo)",
    "Find contacts who have a company with more than 40 employees": "company.employees > 40",
  }),
);

test(
  "PA-276 what is said in passing, behind what is counted, in parentheses or in a list of conditions is read as what it says",
  says({
    "If the deal is bigger than like 75k, stop": "deal.value > 75000",
    "find companies in munich with like more than a hundred employees":
      "(city == munich & employees > 100)",
    "Companies with 300 employees or fewer in Oslo": "(employees <= 300 & city == Oslo)",
    "Company search (country = Netherlands; employees < 50). Tag them X":
      "(country == Netherlands & employees < 50)",
    "Skip contacts who already registered (contact.registered is true)":
      "contact.registered == true",
    "skip contacts where any of these holds: contact.unsubscribed is true, company.name is Initech":
      "(contact.unsubscribed == true | company.name == Initech)",
    "Take the deals of which the value exceeds 8000": "value > 8000",
    "If the value of the deal is over 25k, stop": "deal.value > 25000",
    "find companies in miami, fintech, under 80 employees":
      "(city == miami & industry == fintech & employees < 80)",
    "don't email anyone with status Under Offer": "contact.status == Under Offer",
    "Suppression: anyone tagged Competitor": "contact.tags contains Competitor",
    "Send 'X'. Still no phone → tag no-phone": "!contact.phone exists",
  }),
);

test(
  "PA-277 a search may begin with what is compared, or name those by what they did, and takes how many from the end of its clause",
  says({
    'title contains "Ops", company.industry = Logistics, limit 20: search contacts':
      "(title contains Ops & company.industry == Logistics) limit 20",
    "title contains Security, max 60: send 'X'": "title contains Security limit 60",
    "Anyone in Berlin, Hamburg or Cologne gets the 'X' email, max 250":
      "(city == Berlin | city == Hamburg | city == Cologne) limit 250",
    "Openers get the 'X' email": "openedEmail == true",
    "Pull out the ones tagged Old Client that we haven't contacted in six months":
      "(tags contains Old Client & lastContactedAt < -P6M)",
    "Find CFOs of companies in the Retail industry":
      "(title contains CFO & company.industry == Retail)",
  }),
);

test(
  "PA-279 what is said further speaks of the same, and words that could be a field, a list or an act are read as what they are",
  says({
    "If the deal is at least 50k but not yet in Negotiation, stop":
      "(deal.value >= 50000 & deal.stage != Negotiation)",
    "If the deal is over 10k and they are in Berlin, stop":
      "(deal.value > 10000 & contact.city == Berlin)",
    "Find contacts with a phone number in Paris": "(phone exists & city == Paris)",
    "Find contacts without any tags in Paris or Lyon":
      "(!tags exists & (city == Paris | city == Lyon))",
    "Find contacts in Oslo with an email, but no interns":
      "(city == Oslo & email exists & !title contains intern)",
    "Find contacts where country in [DE, AT, CH]": "country in DE,AT,CH",
    "Unless the contact is in Canada, the US or Mexico, stop":
      "!(contact.country == Canada | contact.country == US | contact.country == Mexico)",
    "Find people called Maria": "firstName == Maria",
    "Find the contact with email jane@acme.com": "email == jane@acme.com",
    "Find contacts we lost touch with over a year ago": "lastContactedAt < -P12M",
    "Find customers on the Enterprise plan": "(status == Customer & plan == Enterprise)",
    "If the contact is still in status New, stop": "contact.status == New",
    "If the contact's custom field 'tier' is Gold, stop": "contact.tier == Gold",
    "If status in New, Open: stop": "contact.status in New,Open",
    "If the deal value is at or above 100k, stop": "deal.value >= 100000",
  }),
);

test(
  "PA-281 a skip of all but some leaves out the others, and a country may be written as the word us",
  says({
    "Skip everyone except those tagged VIP": "!contact.tags contains VIP",
    "Skip everyone but CEOs": "!contact.title contains CEO",
    "skip if replied or optedOut": "(contact.replied == true | contact.optedOut == true)",
    "Find US companies in retail": "(country == US & industry == retail)",
  }),
);

test(
  "PA-282 a bound behind a comma is how many, brackets are parentheses, and people may be called by what they are to others",
  says({
    "Find contacts in Tampa whose budget is over 450k, no more than 20":
      "(city == Tampa & budget > 450000) limit 20",
    "Find companies with more than 80 employees but no more than 400":
      "(employees > 80 & employees <= 400)",
    "Search contacts [country = Brazil, status = Lead], limit 250":
      "(country == Brazil & status == Lead) limit 250",
    "If the deal's worth more than $80k, stop": "deal.value > 80000",
    "If the candidate has not replied, stop": "contact.replied == false",
    "Find contacts which do not have phone number": "!phone exists",
    "Find contacts that have email": "email exists",
    "Don't disturb people contacted within last 10 days": "contact.lastContactedAt >= -P10D",
  }),
);

test("PA-573 a preference is no position: nothing can prefer", () => {
  assertRefused([
    "Find leads in Rome, preferably CTOs, and send 'A'.",
    "Find leads in Rome, especially CTOs.",
    "Find mostly CTOs in Rome.",
  ]);
});
