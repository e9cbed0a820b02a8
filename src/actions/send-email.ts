/** One email for one contact, once whatever crashes when: see `once` in the engine. */
import { activities } from "#crm/activities.ts";
import type { Change } from "#crm/change.ts";
import { contacts } from "#crm/contacts.ts";
import { isEmailAddress } from "#crm/email-address.ts";
import type { ContactRow } from "#crm/rows.ts";
import { fullName } from "#crm/rows.ts";
import { suppressions } from "#crm/suppressions.ts";
import { Fault } from "#domain/fault.ts";
import type { ContactId } from "#domain/id.ts";
import type { Write } from "#store/store.ts";

import type { Action, Doing, Done } from "./action.ts";
import type { ActionNeeds } from "./needs.ts";
import { memberNamed } from "./people.ts";
import { rowOf } from "./subject.ts";
import { templateFor } from "./template.ts";
import { resolved, resolvedLine } from "./texts.ts";

type Sending = Doing<"send_email">;

/** What stays of a body in results (3.13-6); the outbox has the whole. */
const SHOWN_BODY = 100;
/** A sandbox and a mail API answer within seconds; later nobody waits for them. */
const DEADLINE_MS = 5_000;

interface Composed {
  readonly to: string;
  /** Null where the mail is for somebody else. */
  readonly contact: ContactRow | null;
  readonly subject: string;
  readonly text: string;
  readonly template: { readonly name: string; readonly version: number } | null;
}

export const sendEmail: Action<"send_email"> = {
  run: async (doing, needs, attempt) => {
    const mail = await composed(doing, needs);
    const { scene } = doing;
    const { messageId } = await needs.mail.send(
      {
        key: attempt.key,
        ws: scene.ws,
        from: needs.senderOf(scene.ws),
        to: mail.to,
        subject: mail.subject,
        text: mail.text,
        headers: {},
        executionId: scene.executionId,
        contactId: (mail.contact?.id ?? null) as ContactId | null,
      },
      attempt.signal,
    );
    return { figures: { emailsSent: 1 }, detail: shown(mail, messageId) };
  },

  once: (doingNow, needs, changeNow) => ({
    authoritative: needs.mail.authoritative,
    deadlineMs: DEADLINE_MS,
    find: async (key) => {
      const accepted = await needs.mail.find(key);
      if (accepted === null) return undefined;
      const mail = await composed(await doingNow(), needs);
      return { found: { figures: { emailsSent: 1 }, detail: shown(mail, accepted.messageId) } };
    },
    reserve: async () => {
      const doing = await doingNow();
      await composed(doing, needs); // what keeps it from being sent is found before the intent
      return [await countAgainstLimit(doing, needs)];
    },
    settle: (done) => settled(done, changeNow(), needs),
  }),
};

/** Everything that can be wrong with a mail is found here, before anything has happened. */
async function composed(doing: Sending, needs: ActionNeeds): Promise<Composed> {
  const { params, scene } = doing;
  const template = await templateFor(doing, needs);
  const { to, contact } = await recipient(doing, needs);
  if (contact !== null) await refuseSuppressed(scene.ws, contact, to, needs);
  return {
    to,
    contact,
    subject: resolvedLine(params.subject ?? template?.subject ?? "", doing),
    text: resolved(params.body ?? template?.body ?? "", doing),
    template: template === null ? null : { name: template.name, version: template.version },
  };
}

async function recipient(
  doing: Sending,
  needs: ActionNeeds,
): Promise<{ readonly to: string; readonly contact: ContactRow | null }> {
  const { to } = doing.params;
  if (to === undefined) {
    const contact = rowOf(doing, "contact") as ContactRow;
    return { to: checked(contact.email, contact), contact };
  }
  const text = to.startsWith("@") && !to.startsWith("@user.") ? resolvedLine(to, doing) : to;
  if (isEmailAddress(text)) return { to: text, contact: null };
  if (to.startsWith("@form.")) return { to: checked(text, null), contact: null };
  const { member } = await memberNamed(to, doing, needs);
  return { to: member.email, contact: null };
}

function checked(address: string | null, contact: ContactRow | null): string {
  if (address !== null && isEmailAddress(address)) return address;
  const who = contact === null ? "" : fullName(contact);
  throw new Fault(
    "invalid",
    address === null || address === ""
      ? `Invalid email address: ${who === "" ? "the contact" : who} has none`
      : `Invalid email address: ${address}`,
    { scope: "contact", happened: "no", suggestion: "Correct the contact's email address." },
  );
}

async function refuseSuppressed(
  ws: number,
  contact: ContactRow,
  address: string,
  { store }: ActionNeeds,
): Promise<void> {
  const isOut = contact.opted_out === 1 || (await suppressions(store).isSuppressed(ws, address));
  if (!isOut) return;
  throw new Fault("conflict", `${fullName(contact)} has unsubscribed.`, {
    scope: "contact",
    happened: "no",
  });
}

/** In the intent's own append, so the limit holds exactly. @throws Fault `limit_reached` (3.7-4) */
async function countAgainstLimit({ scene }: Sending, { quotas }: ActionNeeds): Promise<Write> {
  const { agent, zone, now: at } = scene;
  const counted = { agent: agent.no, zone, at };
  const exceeded = await quotas.exceeded(counted, agent.restrictions, ["emailsPerDay"]);
  if (exceeded === undefined) return quotas.counting(counted, "emailsPerDay", agent.restrictions);
  throw new Fault("limit_reached", `Email limit reached (${exceeded.most}/day)`, {
    happened: "no",
    facts: { limit: "emailsPerDay" },
    suggestion: "Raise the agent's limit of emails a day, or resume it tomorrow.",
  });
}

interface SentDetail {
  readonly messageId: string;
  readonly to: string;
  readonly contactId: string | null;
  readonly name: string;
}

function shown(mail: Composed, messageId: string): SentDetail & Readonly<Record<string, unknown>> {
  const { to, subject, text, contact, template } = mail;
  return {
    messageId,
    to,
    subject,
    body: text.length > SHOWN_BODY ? `${text.slice(0, SHOWN_BODY)}…` : text,
    template,
    contactId: contact?.id ?? null,
    name: contact === null ? to : fullName(contact),
  };
}

/** The contact's timeline and when it was last written to: no row version, so nothing can overtake it. */
function settled({ detail }: Done, change: Change, { store }: ActionNeeds): readonly Write[] {
  const { contactId, name } = detail as SentDetail;
  if (contactId === null) return [];
  const note = { entityId: contactId, kind: "emailSent", text: `Email sent to ${name}` } as const;
  return [
    ...contacts(store).contacted(change, contactId),
    ...activities(store).log(change, [note]),
  ];
}
