import { test } from "node:test";

import { says } from "./testing-conditions.ts";
import { assertMeans, assertRefused } from "./testing-plans.ts";

test(
  "PA-140 conditions are joined by and, or, but not, both, either, neither and none, and a joint may leave words out",
  says({
    "Find contacts tagged 'VIP' or 'Partner' but not 'Churned'":
      "((tags contains VIP | tags contains Partner) & !tags contains Churned)",
    "Find contacts tagged both 'VIP' and 'Partner'": "(tags contains VIP & tags contains Partner)",
    "If they're neither tagged VIP nor tagged Partner, stop":
      "!(contact.tags contains VIP | contact.tags contains Partner)",
    "If the contact has neither an email nor a phone number, stop":
      "!(contact.email exists | contact.phone exists)",
    "If they have either a phone or an email, stop":
      "(contact.phone exists | contact.email exists)",
    "If none of them replied, stop": "contact.replied == false",
    "If they are a VP or Director, stop":
      "(contact.title contains VP | contact.title contains Director)",
    "Find contacts with title containing Sales but not Intern in Rome":
      "(title contains Sales & !title contains Intern & city == Rome)",
    "Find companies in the Gaming industry or the Media industry with 30 to 300 employees":
      "((industry == Gaming | industry == Media) & employees >= 30 & employees <= 300)",
    "Find contacts whose status is New, Contacted or Qualified, limit 20":
      "status in New,Contacted,Qualified limit 20",
    "Find contacts where title contains CEO, CFO or COO in Paris":
      "((title contains CEO | title contains CFO | title contains COO) & city == Paris)",
    "Find VPs in Toronto or Directors in Ottawa":
      "((title contains VP & city == Toronto) | (title contains Director & city == Ottawa))",
    "Find contacts with no email or phone": "(!email exists & !phone exists)",
    "Find contacts where title contains Controller OR title contains CFO":
      "(title contains Controller | title contains CFO)",
  }),
);

test(
  "PA-141 what is missing, empty, without or not there is told of any field",
  says({
    "If there's still no LinkedIn URL, stop": "!contact.linkedinUrl exists",
    "If there is no email on file, stop": "!contact.email exists",
    "If there's a reply, stop": "contact.replied == true",
    "If the deal has no loss reason, stop": "!deal.lossReason exists",
    "Find contacts tagged sla where owner does not exist": "(tags contains sla & !owner exists)",
    "Find contacts, owner empty": "!owner exists",
    "Find unassigned leads": "!owner exists",
    "If search results contain 'Series B', stop": "search.results contains Series B",
  }),
);

test(
  "PA-142 lines of business, places, positions and owners are told apart without their nouns",
  says({
    "Find people in fintech or insurance":
      "(company.industry == fintech | company.industry == insurance)",
    "Find marketing managers at SaaS companies with over 100 employees":
      "(title contains marketing manager & company.industry == SaaS & company.employees > 100)",
    "Find healthtech companies": "industry == healthtech",
    "Find contacts in South Africa": "country == South Africa",
    "Find VP Sales in Rome": "(title contains VP Sales & city == Rome)",
    "Find deals @ Initech": "company.name == Initech",
    "Find contacts owned by Sarah": "owner == Sarah",
    "Find contacts named Amelia": "firstName == Amelia",
    "If the deal was lost, stop": "deal.stage == Closed Lost",
  }),
);

test(
  "PA-143 moments are today, yesterday, a day of the calendar or so long ago",
  says({
    "Find contacts created yesterday": "createdAt == -P1D",
    "Find contacts created before 2024-01-31": "createdAt < 2024-01-31",
    "Find contacts created since March 1st, 2025": "createdAt >= 2025-03-01",
    "If they've been contacted in the last week, stop": "contact.lastContactedAt >= -P1W",
    "Find customers who haven't heard from us in 6 months":
      "(status == Customer & lastContactedAt < -P6M)",
    "Find deals that haven't moved in 14 days": "updatedAt < -P14D",
  }),
);

test(
  "PA-144 amounts are compared in words, signs and ranges",
  says({
    "If the deal amount is $10k+, stop": "deal.value >= 10000",
    "Find companies, employees 100-500": "(employees >= 100 & employees <= 500)",
    "Find contacts at companies with 50-200 employees":
      "(company.employees >= 50 & company.employees <= 200)",
    "Find deals over 50 grand": "value > 50000",
  }),
);

test(
  "PA-145 a search may begin with its noun",
  says({
    "contacts NOT tagged customer": "!tags contains customer",
    "all contacts tagged webinar-may": "tags contains webinar-may",
    "contacts w/o phone, limit 50": "!phone exists limit 50",
    "opps: value between 20k and 40k, probability < 30":
      "(value >= 20000 & value <= 40000 & probability < 30)",
    "Find me founders in Haifa, up to 40 of them, who aren't tagged Investor":
      "(title contains founder & city == Haifa & !tags contains Investor) limit 40",
  }),
);

test(
  "PA-151 owners, sources, statuses, deals and long silences are told by what is said of them",
  says({
    "Find contacts marked as Qualified": "status == Qualified",
    "Find contacts in the 'Nurture' status": "status == Nurture",
    "Find contacts who came from LinkedIn": "source == LinkedIn",
    "Find contacts who've gone quiet for 60 days": "lastContactedAt < -P60D",
    "Find deals untouched for 30 days": "updatedAt < -P30D",
    "Find deals older than 60 days": "createdAt < -P60D",
    "Find deals closing within 14 days": "(closeDate >= today & closeDate <= P14D)",
    "Find deals that are not closed": "open == true",
    "Find contacts outside the US": "country != US",
    "Find contacts with status New and no owner": "(status == New & !owner exists)",
    "If the form's company is Acme, stop": "form.company == Acme",
    "If the budget on the form is over 5k, stop": "form.budget > 5000",
    "Skip @memory.contacted": "contact in @memory.contacted",
    "Exclude existing customers": "contact.status == Customer",
  }),
);

test(
  "PA-154 what follows a list is no part of it where it is compared itself",
  says({
    "Find contacts where status is one of 'New', 'Open' or 'Warm' or phone exists.":
      "(status in New,Open,Warm | phone exists)",
    "Find contacts where the contact is tagged 'Customer' and city is 'Vancouver'.":
      "(tags contains Customer & city == Vancouver)",
    "Find contacts tagged 'Cold' or LinkedIn URL does not exist":
      "(tags contains Cold | !linkedinUrl exists)",
    "Find contacts whose titles contain any of CEO, CFO, COO.":
      "(title contains CEO | title contains CFO | title contains COO)",
    "Find contacts meeting these criteria: status is New, and email exists.":
      "(status == New & email exists)",
    "Find contacts created more than a month ago but less than a year ago":
      "(createdAt < -P1M & createdAt >= -P12M)",
    "If the deal's close date has passed, stop": "deal.closeDate < today",
    "Find contacts in Vienna apart from the ones who already replied":
      "(city == Vienna & replied == false)",
    "Find contacts with no owner and polish the trophies":
      "refused: Find contacts with no owner and polish the trophies",
  }),
);

test(
  "PA-155 what only resembles a comparison is refused, and amounts that are reached or fallen below are compared",
  says({
    "If the deal's stage has not changed, stop": "refused: If the deal's stage has not changed",
    "If their email address is valid, stop": "refused: If their email address is valid",
    "If the reply is positive, stop": "refused: If the reply is positive",
    "If the lead score has reached 80, stop": "contact.leadScore >= 80",
    "If deal probability drops below 30%, stop": "deal.probability < 30",
    "If the score is exactly 100, stop": "contact.score == 100",
    "If the deal size is 10-50k, stop": "(deal.value >= 10000 & deal.value <= 50000)",
    "If they already have the tag 'VIP', stop": "contact.tags contains VIP",
    "If enrichment found an email, stop": "contact.email exists",
  }),
);

test(
  "PA-156 names, places and shorthand are told as they are typed in haste",
  says({
    "find contacts (tag: hot), status: New": "(tags contains hot & status == New)",
    "contacts created >30d ago": "createdAt < -P30D",
    "find contacts with no reply": "replied == false",
    "find everyone at vandelay": "company.name == vandelay",
    "Find people from Acme": "company.name == Acme",
    "Find people from Lisbon": "city == Lisbon",
    "Find contacts working at Acme": "company.name == Acme",
    "Find CEOs and CFOs in Oslo": "((title contains CEO | title contains CFO) & city == Oslo)",
    "find contacts with status new or open": "status in new,open",
    "find contacts tagged A & B": "(tags contains A & tags contains B)",
    "find companies, revenue>10m": "revenue > 10000000",
    "find deals worth $1.5m or more": "value >= 1500000",
    "If the contacts status is New, stop": "contact.status == New",
    "SaaS companies in Oslo": "(industry == SaaS & city == Oslo)",
    "contacts where city = Oslo": "city == Oslo",
    "Fnd contacts tagged hot": "tags contains hot",
    'If contact.tags contains "vip" and not contact.replied, stop':
      "(contact.tags contains vip & contact.replied == false)",
    "Find: contacts created today": "createdAt >= today",
    "leads from LinkedIn, score>50, not contacted 30d":
      "(source == LinkedIn & score > 50 & lastContactedAt < -P30D)",
    "contacts: title~CEO, country=FR": "(title contains CEO & country == FR)",
    "find people in sales": "refused: find people in sales",
    "find contacts in paris": "city == paris",
    "Find contacts with deals in Negotiation worth over 20k":
      "(deal.stage == Negotiation & deal.value > 20000)",
    "Skip contacts where the contact is tagged 'VIP' or memory.touches is over 7.":
      "(contact.tags contains VIP | memory.touches > 7)",
  }),
);

test(
  "PA-158 conditions speak of deals, companies and days ahead as people do",
  says({
    "Find accounts whose renewal date is within 60 days":
      "(renewalDate >= today & renewalDate <= P60D)",
    "Find deals with Acme": "company.name == Acme",
    "Find contacts with company Acme": "company.name == Acme",
    "Find contacts with a company in Berlin": "company.city == Berlin",
    "Find contacts in the finance department": "department == finance",
    "Find contacts who signed up today": "createdAt >= today",
    "If the company is a SaaS company, stop": "company.industry == SaaS",
    "If the contact's company is in the Banking industry, stop": "company.industry == Banking",
    "If deal stage is Proposal and it hasn't been updated in 7 days, stop":
      "(deal.stage == Proposal & deal.updatedAt < -P7D)",
    "If the contact replied or the deal moved to Won, stop":
      "(contact.replied == true | deal.stage == Won)",
    "If the contact is tagged 'Hot' and has a deal over 10k, stop":
      "(contact.tags contains Hot & deal.value > 10000)",
    "If they're a client or a partner, stop":
      "(contact.status == Client | contact.status == Partner)",
    "If !contact.email, stop": "!contact.email exists",
    "If 'vip' in contact.tags, stop": "contact.tags contains vip",
    "If today is Monday, stop": "refused: If today is Monday",
  }),
);

test("PA-548 who is left out behind except, with its comma or without, is no part of a title, and a proviso leaves out or asks", () => {
  assertMeans({
    "Find contacts in Rome except VPs. Send 'A'": "Find contacts in Rome but not VPs. Send 'A'",
    "Find contacts in Rome, except VPs. Send 'A'": "Find contacts in Rome but not VPs. Send 'A'",
    "Find contacts in Rome, skipping VPs. Send 'A'": "Find contacts in Rome but not VPs. Send 'A'",
    "Find contacts in Rome other than VPs. Send 'A'": "Find contacts in Rome but not VPs. Send 'A'",
    "Find contacts in Rome minus VPs and directors. Send 'A'":
      "Find contacts in Rome except for VPs and directors. Send 'A'",
    "Send 'A' to contacts in Rome, except to VPs.": "Find contacts in Rome but not VPs. Send 'A'.",
    "Email 'A' to everyone in Rome, except those tagged 'X'.":
      "Find contacts in Rome not tagged 'X'. Send 'A'.",
    "Find contacts in Rome, send 'A', except if they are tagged 'X'.":
      "Find contacts in Rome. Send 'A' unless they are tagged 'X'.",
    "Find contacts in Rome, provided, however, that any contact tagged 'X' shall be skipped. Send 'A'.":
      "Find contacts in Rome. Skip contacts tagged 'X'. Send 'A'.",
    "Find contacts in Rome, except that those tagged 'X' must be left out. Send 'A'.":
      "Find contacts in Rome. Skip those tagged 'X'. Send 'A'.",
    "Send 'A', provided, however, that they have replied.": "Send 'A' if they have replied.",
    "Send 'A'. Wait thirty (30) days. Send 'B'.": "Send 'A'. Wait 30 days. Send 'B'.",
  });
  assertRefused([
    "Send 'A'. Wait thirty (31) days. Send 'B'.",
    "Send the 'A' email, except that nobody has replied.",
    "Find contacts in Rome. Tag them 'A', except VPs.",
  ]);
});
