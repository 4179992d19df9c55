import { columns, type LakeTable } from './table.ts'

/** Azure Storage. */
export const storageBlobTable: LakeTable = {
  source: 'storage-blob',
  promoted: columns(
    'category',
    'operationName',
    'statusText',
    'callerIpAddress',
    'uri',
    'resourceId',
    'properties.accountName',
    'properties.objectKey',
    'properties.userAgentHeader',
  ),
  parts: columns('properties'),
}
