import { columns, type LakeTable } from './table.ts'

/** Azure's activity log; the members of REST's operation have names with a point. */
export const azureActivityTable: LakeTable = {
  source: 'azure-activity',
  promoted: [
    ...columns(
      'operationName',
      'category',
      'resultType',
      'resultSignature',
      'resourceId',
      'caller',
      'callerIpAddress',
      'correlationId',
    ),
    { name: 'operationName.value', path: ['operationName.value'], column: 'operation_name_value' },
    {
      name: 'operationName.localizedValue',
      path: ['operationName.localizedValue'],
      column: 'operation_name_localized_value',
    },
  ],
  parts: columns('properties', 'claims'),
}
