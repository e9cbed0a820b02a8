import type { Action } from "./action.ts";
import { memberNamed } from "./people.ts";
import { resolved } from "./texts.ts";

export const notify: Action<"notify"> = {
  run: async (doing, needs, attempt) => {
    const { scene, params, subject } = doing;
    const { member, writes } = await memberNamed(params.to, doing, needs);
    const message = params.message === undefined ? "" : resolved(params.message, doing);
    const told = needs.notifications.draft(scene.ws, [member.userId], {
      kind: "notify",
      title: `Agent ${scene.agent.name}`,
      message,
      agentId: scene.agent.id,
      executionId: scene.executionId,
      contactId: subject?.rows.contact?.id ?? null,
    });
    doing.whenDone(told.announce);
    attempt.write([...writes, ...told.writes]);
    return { figures: { notificationsSent: 1 }, detail: { to: member.name, message } };
  },
};
