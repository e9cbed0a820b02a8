/** What people call the whole that a text describes: "this recipe runs every Saturday", "the workflow is triggered …", "Zap: …". */
export const WHOLES =
  "workflow|automation|agent|process|scenario|macro|sequence|campaign|cadence|zap|playbook|flow|journey|recipe|play|program|programme|drip|routine";
