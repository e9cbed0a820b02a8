import type { Family } from "../clause.ts";
import { matchAt, matchFirst, pattern } from "../pattern.ts";

const AGAIN = pattern("[and|then] (once again / once more / one more time / another time)");
const ALONE = pattern("again");

/** "Follow up after 3 days, then again after 5 days": the act before it once more. */
const MAIL = [
  "+send|+email it|that|this|them [out] [to] [them] (again / once more / one more time / another time / a second time)",
  "+send [the|that] same|last|previous|first email|mail|template|message|one [again] [to] [them] [again]",
  "+resend (it|that|this / the|that [same|last|previous|first] email|mail|template|message|one) [to] [them] [again]",
  "+send them the same email|template|one [again]",
].map(pattern);

export const again: Family = {
  name: "again",
  read: (source, at, { previous, mail }) => {
    const mailed = matchFirst(source, at, MAIL);
    if (mailed !== undefined && mail !== undefined) return { value: [mail], next: mailed.next };
    const match = matchAt(source, at, AGAIN) ?? matchAt(source, at, ALONE);
    const isAct = previous !== undefined && previous.type !== "wait" && previous.type !== "if";
    if (match === undefined || !isAct) return undefined;
    return { value: [previous], next: match.next };
  },
};
