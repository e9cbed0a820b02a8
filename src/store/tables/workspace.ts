/** Workspaces, their members, agents and templates. */
// eslint-disable-next-line typescript/no-empty-object-type -- filled by its migration
export interface WorkspaceTables {}
