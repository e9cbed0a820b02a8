import { test } from "node:test";

import { assertMeans, assertRefused } from "./testing-plans.ts";

test("PA-296 what only hesitates is left out, wherever it stands", () => {
  assertMeans({
    "Um, send 'A', erm, wait like 3 days, then you know send 'B'.":
      "Send 'A', wait 3 days, then send 'B'.",
    "If the deal is over like 75k, uh, stop.": "If the deal is over 75k, stop.",
    "Take off the tag Cold, oh and also set the status to New.":
      "Take off the tag Cold and set the status to New.",
    "Enrich them, won't you, then send 'A'.": "Enrich them, then send 'A'.",
  });
});

test("PA-297 braces and parentheses keep together what stands in them, and a question has its two sides", () => {
  assertMeans({
    "if (deal.value > 10k) { send 'A'; tag big } else { tag small }":
      "If the deal's value is over 10k, send 'A' and tag big, else tag small.",
    "Branch A (if deal.value > 10k): send 'A'\nBranch B (everyone else): send 'B'":
      "If the deal's value is over 10k, send 'A'. Otherwise send 'B'.",
    "enrich via apollo, then: contact.email exists ? send 'A' : tag no-email":
      "Enrich them. If the contact has an email, send 'A', else tag no-email.",
  });
});

test("PA-298 steps are numbered, named and timed in many ways", () => {
  assertMeans({
    "Step 1 – Email: 'A'\nStep 2 – Delay: 5 days\nStep 3 – Branch: contact replied? Yes → tag Hot. No → tag Cold.":
      "Send 'A'. Wait 5 days. If the contact replied, tag Hot, else tag Cold.",
    "First touch: send 'A'. Another 4 days on, no reply → send 'B'.":
      "Send 'A'. Wait 4 days. If they have not replied, send 'B'.",
    "Send 'A'; no reply in 3d: send 'B'; still none 4d later: send 'C'":
      "Send 'A'. Wait 3 days. If they have not replied, send 'B'. Wait 4 days. If they have not replied, send 'C'.",
    "Send 'A', then give it two days before you tag them B.": "Send 'A'. Wait 2 days. Tag them B.",
  });
});

test("PA-566 pictures of a mood end what was said, and any other may mean something", () => {
  assertMeans({
    "Could you take the tag Cold off? 🙏": "Take the tag Cold off.",
    "🚀 When a deal is won 🎉, notify @user.a 👍🏽": "When a deal is won, notify @user.a.",
    "Send 'A' 😀 Then wait 2 days ❤️\nTag them B 🙌": "Send 'A'. Wait 2 days. Tag them B.",
    "Add the tag '🙏'.": 'Add the tag "🙏".',
  });
  assertRefused(["Find contacts in Rome 🇮🇹.", "❌ LinkedIn. Send 'A'.", "Tag them 🔥 Hot."]);
});
