/** People, companies and deals, and what was done about them. */
// eslint-disable-next-line typescript/no-empty-object-type -- filled by its migration
export interface CrmTables {}
