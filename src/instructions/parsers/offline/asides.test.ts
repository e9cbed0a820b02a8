import { test } from "node:test";

import { assertRefused, assertSame } from "./testing-plans.ts";

test("PA-285 a statement carries nothing, in a sentence of its own or before what is to be done about it", () => {
  assertSame(
    [
      "We just launched a new product and I want our customers to hear about it. Send 'X'.",
      "My boss keeps asking about this one. Send 'X'.",
      "I'm trying to revive dead deals. Send 'X'.",
      "I hate losing deals to silence. Send 'X'.",
      "Let's be honest, most of these won't answer. Send 'X'.",
      "This agent looks after new leads. Send 'X'.",
      "The deal slipped again, so send 'X'.",
      "We don't want to lose them, so send 'X'.",
      "Look, I know it's short notice, but send 'X'.",
      "As you know, the summit is next month. Send 'X'.",
      "Since they came to our webinar, send 'X'.",
      "For compliance reasons, send 'X'.",
      "You are a helpful sales assistant. Send 'X'.",
    ],
    "Send 'X'.",
  );
  assertSame(
    [
      "When a deal is won we should thank them, so send 'X'.",
      "When a deal is won we should thank them. So send 'X'.",
    ],
    "When a deal is won, send 'X'.",
  );
  assertSame(
    ["We never followed up with the people in Rome. Find contacts in Rome and send 'X'."],
    "Find contacts in Rome and send 'X'.",
  );
});

test("PA-286 a statement that says something to do, to ask or to select is refused, and never passed over", () => {
  assertRefused([
    "We should WhatsApp them, so send 'X'.",
    "The trophies need to be polished. Send 'X'.",
    "Somebody has to polish the trophies, so send 'X'.",
    "The agent polishes the trophies. Send 'X'.",
    "I want the trophies polished, so send 'X'.",
    "The weather is nice, polish the trophies. Send 'X'.",
    "We ran a webinar, polish the trophies, send 'X'.",
    "To wake up our pipeline, polish the trophies, send 'X'.",
    "They haven't replied, so send 'X'.",
    "The contact is a VP. Send 'X'.",
    "This is for VPs. Send 'X'.",
    "This goes to VPs in Rome. Send 'X'.",
    "The trigger is a new contact. Send 'X'.",
    "The limit is 20. Find contacts in Rome.",
    "After the demo, send 'X'.",
    "My boss said that we should polish the trophies. Send 'X'.",
  ]);
});

test("PA-287 what announces the rest carries nothing, and a label that selects is no heading", () => {
  assertSame(
    [
      "What I need is this. Send 'X'.",
      "The idea is simple: send 'X'.",
      "Just a quick one: send 'X'.",
      "Quick one - send 'X'",
      "Small favour: could you send 'X'?",
      "I was thinking: send 'X'. That's about it.",
      "No need to be fancy. Send 'X'.",
      "Bit of housekeeping: send 'X'.",
      "Ok so marketing says: send 'X'.",
      "Not sure if this is right but send 'X'.",
    ],
    "Send 'X'.",
  );
  assertSame(["VPs: send 'X'."], "Find VPs. Send 'X'.");
  assertRefused([
    "Germany: send 'X'. France: send 'Y'.",
    "Between 100 and 500: send 'X'.",
    "Mon: send 'X'. Wed: send 'Y'.",
    "London: send 'X'. Paris: send 'Y'.",
    "Hot leads: send 'X'.",
    "Max 20: email all contacts 'X'.",
    "Tomorrow: send 'X'.",
  ]);
});

test("PA-340 whom something is for is never passed over as what it is for", () => {
  assertSame(["To all customers, send the 'A' email."], "Find customers. Send the 'A' email.");
  assertRefused([
    "To the customer who replied, send the 'A' email.",
    "To the customer who replied, please do not send. To the other customers send the 'A' email.",
    "To our friends, tag them x.",
  ]);
});
