import { columns, type LakeTable } from './table.ts'

/** Google Workspace. */
export const googleWorkspaceTable: LakeTable = {
  source: 'google-workspace',
  promoted: columns(
    'id.applicationName',
    'id.time',
    'actor.email',
    'ipAddress',
    'event.name',
    'event.type',
    'eventName',
    'eventService',
  ),
  parts: columns('event', 'parameters'),
}
