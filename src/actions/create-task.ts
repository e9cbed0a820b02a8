import { crmTasks } from "#crm/crm-tasks.ts";
import type { Subject } from "#crm/look.ts";
import { addDuration, parseDuration } from "#domain/durations.ts";

import type { Action } from "./action.ts";
import { memberNamed } from "./people.ts";
import { resolvedLine } from "./texts.ts";

export const createTask: Action<"create_task"> = {
  run: async (doing, needs, attempt) => {
    const { scene, params, subject } = doing;
    const title = resolvedLine(params.title, doing);
    const { member, writes } = await memberNamed(params.assignee, doing, needs);
    const due = params.due === undefined ? undefined : parseDuration(params.due);
    const dueAt = due === undefined ? null : addDuration(scene.now, due, scene.zone);
    const task = { title, dueAt, assignedTo: member.userId, ...related(subject) };
    const created = crmTasks(needs.store).create(scene.change, task);
    const told = needs.notifications.draft(scene.ws, [member.userId], {
      kind: "task_assigned",
      title: `New task assigned by agent ${scene.agent.name}`,
      message: title,
      agentId: scene.agent.id,
      executionId: scene.executionId,
      contactId: subject?.rows.contact?.id ?? null,
    });
    doing.whenDone(told.announce);
    attempt.write([...writes, ...created.writes, ...told.writes]);
    const detail = { taskId: created.id, title, dueAt, assignedTo: member.name };
    return { figures: { tasksCreated: 1 }, detail };
  },
};

function related(subject: Subject | null): {
  readonly contactId: string | null;
  readonly companyId: string | null;
  readonly dealId: string | null;
} {
  const { contact, company, deal } = subject?.rows ?? {};
  return {
    contactId: contact?.id ?? null,
    companyId: company?.id ?? null,
    dealId: deal?.id ?? null,
  };
}
