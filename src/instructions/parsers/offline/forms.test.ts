import { test } from "node:test";

import type { PlanStep } from "#domain/plan.ts";

import { parseOffline } from "../offline.ts";
import { tells } from "./testing-plans.ts";

/** A planStep in one line: `send_email template=Intro`. */
function write({ type, params }: PlanStep): string {
  const said = Object.entries(params).map(([name, value]) => `${name}=${String(value)}`);
  return [type, ...said].join(" ");
}

function stepsOf(text: string): string {
  const parsed = parseOffline(text);
  if ("error" in parsed) return `refused: ${parsed.error.details[0]?.text ?? ""}`;
  return parsed.plan.steps.map(write).join("; ");
}

const says = tells(stepsOf);

test(
  "PA-147 templates are named before and behind the email, by number, by letter and by themselves, and two make two emails",
  says({
    "Send the 'Intro' email and the 'Case Study' email":
      "send_email template=Intro; send_email template=Case Study",
    "Send email 2": "send_email template=email 2",
    "Send Email B": "send_email template=Email B",
    "Send a gentle nudge": "send_email template=gentle nudge",
    "Send the follow up": "send_email template=follow-up",
    "Use the 'Intro' template to email them": "send_email template=Intro",
    "Reply with the 'Thanks' template": "send_email template=Thanks",
    "Send a quick, friendly email": "send_email",
    "One last email: 'Goodbye'": "send_email template=Goodbye",
    "Send the 'Idea For @company.name' email": "send_email template=Idea For @company.name",
    'Send email (subject "Hi", body "Hello")': "send_email subject=Hi body=Hello",
    "send_email template 'Intro'": "send_email template=Intro",
    "Send out an email blast with the 'Holiday' template": "send_email template=Holiday",
    "Get the welcome email out to them": "send_email template=welcome",
    "Launch the welcome email": "send_email template=welcome",
    "Send the contact a message saying 'Hi'": "send_email body=Hi",
    "Send follow-up #2": "send_email template=follow-up #2",
    "Compose an email to @user.manager: subject 'Update', body 'All done'":
      "send_email subject=Update body=All done to=@user.manager",
  }),
);

test(
  "PA-148 a field is set with a verb, with an equals sign, from one value to another, to an amount or a date",
  says({
    "contact status: Active": "update_field entity=contact field=status value=Active",
    "set the deals value to $5k": "update_field entity=deal field=value value=5000",
    "Convert the lead to a customer": "update_field entity=contact field=status value=customer",
    "Give them a lead score of 75": "update_field entity=contact field=leadScore value=75",
    "Set the company's custom field tier to A":
      "update_field entity=company field=tier value=A custom=true",
    "status=Engaged": "update_field entity=contact field=status value=Engaged",
    "Change lead status from New to Working":
      "update_field entity=contact field=status value=Working",
    "Set the deal's value to $32,500": "update_field entity=deal field=value value=32500",
    "Set the deal's close date to 2025-03-31":
      "update_field entity=deal field=closeDate value=2025-03-31",
    "Set the deal's custom field 'plan' to 'A'":
      "update_field entity=deal field=plan value=A custom=true",
    "Assign owner Sarah": "update_field entity=contact field=owner value=Sarah",
    "Move them to stage Demo": "update_field entity=deal field=stage value=Demo",
  }),
);

test(
  "PA-149 durations have business days, more days, letters and two units",
  says({
    "Wait 5 d": "wait duration=P5D",
    "Wait 2 business days": "wait duration=P2D",
    "Wait 1h30m": "wait duration=PT1H30M",
    "Wait 2 days and 4 hours": "wait duration=P2DT4H",
    "Wait a couple of weeks": "wait duration=P2W",
  }),
);

test(
  "PA-150 a web search takes its limit from behind the query",
  says({
    "Search the web for @company.name news (3 results)":
      "web_search query=@company.name news limit=3",
    'Google "@company.name hiring", 5 results': "web_search query=@company.name hiring limit=5",
  }),
);

test(
  "PA-157 tags are taken off by their sign, by their short verb and as the one that was asked for",
  says({
    "-tag cold": "remove_tag tags=cold",
    "+tag warm": "add_tag tags=warm",
    "rm tag cold": "remove_tag tags=cold",
    "add the tags Customer & Onboarding": "add_tag tags=Customer,Onboarding",
    "Tag with a, b and c": "add_tag tags=a,b,c",
  }),
);
