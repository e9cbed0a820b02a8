import { test } from "node:test";

import { assertMeans, assertRefused } from "./testing-plans.ts";

test("PA-580 what was asked is answered with yes or no and a mark, wherever in the line: behind a slash, a bar or a comma, and in a message's place it is none", () => {
  const plain =
    "Find deals in stage Trial. If the value is over 3000, notify @user.ae 'At risk', otherwise add tag 'low-touch'.";
  assertMeans({
    "Find deals in stage Trial → deal.value > 3000? → true: notify @user.ae 'At risk' / false: add tag 'low-touch'":
      plain,
    "Find deals in stage Trial. IF node: deal.value > 3000 → yes: notify @user.ae 'At risk' | no: add tag 'low-touch'":
      plain,
    "Find deals in stage Trial. If deal.value > 3000: yes: notify @user.ae 'At risk', no: add tag 'low-touch'":
      plain,
    "Find deals in stage Trial. If deal.value > 3000: yes: notify @user.ae 'At risk'; no -> add tag 'low-touch'":
      plain,
    "If they replied → yes: add tag warm / no: add tag cold":
      "If they replied, add tag warm, otherwise add tag cold.",
    "If they replied → yes: add tag warm, no: add tag cold":
      "If they replied, add tag warm, otherwise add tag cold.",
    "Add tags yes, no": "Add tags 'yes' and 'no'.",
  });
});

test("PA-581 a message in quotes ends with them where a mark parts it from what follows, or where it is a sentence", () => {
  const plain = "Inform @user.t with the message 'They agreed on it.'";
  assertMeans({
    "Inform @user.t with the message 'They agreed on it.' Thank you for your cooperation.": plain,
    "Inform @user.t with the message 'They agreed on it.' Best regards, Tom": plain,
    "Notify @user.t: 'They agreed on it.' Wait 2 days. Tag them A.":
      "Notify @user.t: 'They agreed on it.'\nWait 2 days. Tag them A.",
  });
  assertRefused([
    "Inform @user.t with the message 'They agreed on it.' Polish the trophies.",
    "Notify @user.t 'Hot lead' (polish the trophies)",
    "Notify @user.t 'Hot lead', polish the trophies",
  ]);
});
