import { columns, type LakeTable } from './table.ts'

/** Access logs of S3. */
export const s3AccessTable: LakeTable = {
  source: 's3-access',
  promoted: columns(
    'bucket',
    'remote_ip',
    'requester',
    'request_id',
    'operation',
    'key',
    'request_uri',
    'http_status',
    'error_code',
    'bytes_sent',
    'object_size',
    'user_agent',
    'version_id',
  ),
  parts: [],
}
