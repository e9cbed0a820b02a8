import { isEmailAddress } from "#crm/email-address.ts";

import type { Check } from "./asked.ts";

/** An address that is written out is one; names and variables are looked after elsewhere. */
export const recipients: Check = ({ steps }) =>
  steps.flatMap(({ path, planStep }) => {
    const to = planStep.type === "send_email" ? planStep.params.to : undefined;
    if (to === undefined || !/[^@]@/.test(to) || to.startsWith("@") || isEmailAddress(to))
      return [];
    const message = `Invalid email address: ${to}`;
    const suggestion = "Correct the address in the instructions.";
    return [{ path, severity: "error", code: "value_invalid", message, suggestion, name: to }];
  });
