import type { Session, Told } from './session.ts'

/** Objects in ten minutes that make a listing and what follows it a sync; fewer do for a tool that is made for it. */
const MANY = 50
const SOME = 10

const TOOLS =
  /command[/#]s3\.(sync|cp|mv)|rclone|s5cmd|s3cmd|minio|\bmc\/|s3transfer|S3 Browser|Cyberduck|WinSCP|azcopy|gsutil|gcloud\.storage\.(cp|rsync|mv)/i

/** Objects are listed and then fetched one by one, or a tool for it is at work. */
export function isSync({ listThenGet }: Session, { pace, agents }: Told): boolean {
  if (listThenGet && pace.peakObjects >= MANY) return true
  return pace.peakObjects >= SOME && [...agents].some(isSyncTool)
}

function isSyncTool(agent: string): boolean {
  return TOOLS.test(agent)
}
