import { type Family, one, part, type Part, readParts } from "../clause.ts";
import { matchLongest, pattern } from "../pattern.ts";
import { EACH } from "./recipients.ts";

interface Draft {
  note?: string;
}

const INVITATION = "invitation|invite|request|note|message|invites|invitations";

const HEADS = [
  `+connect [up] [with] [${EACH}] [over] [on|via|over|through|in|by] linkedin`,
  `+send|+shoot|+drop|+give|+fire|+make|+issue|+do|+chuck|+throw|+pop|+stick [off|out|over] [${EACH}] [a|an|the|our] [quick|short|friendly|personalized|personal] linkedin [connection|connect] ${INVITATION}`,
  `+send|+shoot|+drop|+give|+fire [off|out|over] [${EACH}] [a|an|the] [quick|short|friendly|personalized|personal] [connection] ${INVITATION} [to] [connect] [to] [${EACH}] [to] [connect] on|via|over|through linkedin`,
  `+send|+shoot|+drop [off|out|over] [${EACH}] [a|an|the] connection|connect request|invite|invitation`,
  `+invite [${EACH}] [to] [connect] on|via|over|to|in|through linkedin`,
  `+add|+reach [out] [to] [${EACH}] [as] [a] [connection] on|via|over|through linkedin`,
  `[a|the] linkedin [connection|connect] ${INVITATION}`,
  `+send|+shoot|+drop|+give [off|out|over] [${EACH}] [a|an|the] ${INVITATION} to connect`,
  `+invite (${EACH}) to connect|link`,
  `+message|+write|+contact|+approach|+hit|+ping|+nudge|+ask|+chase (${EACH}) [up] [to] [connect] on|via|over|through linkedin`,
  `+try [to] [+connect] [with] [${EACH}] [on|via|through] linkedin`,
  `follow up [with] [${EACH}] on|via|over|through|with|by [a] linkedin [${INVITATION}]`,
  `+make|+request|+start|+create|+send|+establish [a|the] connection [request] [with] [${EACH}] on|via|over|through linkedin`,
  `+connect [with] [${EACH}] \\( [on|via] linkedin \\)`,
  `+connect with (${EACH})`,
  "+connect",
  "[a] connection request|invite|invitation [on] [linkedin]",
  `[on|via] linkedin [:|-|–] [a|the|+send] [+connect|+invite|connection|connect|note|request|touch|message|outreach] [request|invite|invitation|note] [with|to] [${EACH}]`,
].map(pattern);

const PARTS: readonly Part<Draft>[] = [
  part<Draft>(
    [
      "[with|and|using] [the|a|an|this|add|adding|include|including] [short|quick|personal|personalized] [connection] note|message [:|of|saying|that|which|reading|says|=|attached] [says|reads|saying] [:] <quoted>",
      "[,|and] adding|including|attaching|add|include|attach [the|a|this] [short|personal] note|message [:|saying|that] [says] <quoted>",
      "[with] [a|the] note|message along the lines of <quoted>",
      "saying|reading|stating|that [says] [:] <quoted>",
      "\\( [with] [a] note|message|msg|text [:] <quoted> \\)",
      "[:|–|-|with] <quoted>",
    ],
    (draft, { quoted }) => {
      draft.note = quoted ?? "";
    },
  ),
  part<Draft>(
    ["[with|and] [a|the] note|message saying|: [that] <rest>", "saying [that] <rest>"],
    (draft, { rest }) => {
      draft.note = rest ?? "";
    },
  ),
  part<Draft>([
    `with|to|for ${EACH}`,
    EACH,
    "to connect",
    "on linkedin",
    "on it|them",
    "to <variable>",
    "with <variable>",
    "[with|and|,] no|without [a|any|the] [personal|connection] note|message [needed|necessary|required|please|attached]",
  ]),
];

export const linkedinInvitation: Family = {
  name: "linkedin_invitation",
  read: (source, at) => {
    const head = matchLongest(source, at, HEADS);
    if (head === undefined) return undefined;
    const draft: Draft = {};
    const next = readParts(source, head.next, PARTS, draft);
    return one({ type: "linkedin_invitation", params: draft }, next);
  },
};
