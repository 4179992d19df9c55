const DAY = 86_400_000
/** A clock of the service may be ahead of that of the file's name. */
const AHEAD = 3_600_000

const IN_NAME = /_CloudTrail(?:-[A-Za-z]+)?_[a-z]{2}(?:-[a-z]+)+-\d+_(\d{4})(\d\d)(\d\d)T\d{4}Z_/
const IN_FOLDERS = /(?:^|\/)CloudTrail(?:-[A-Za-z]+)?\/[a-z]{2}(?:-[a-z]+)+-\d+\/(\d{4})\/(\d\d)\/(\d\d)\//

/**
 * When the events of a file can have happened, by its path as CloudTrail writes it: the time in the name, else the
 * folders of the day. UTC, ms, `from` included, `to` not. A file is named after its delivery, which comes minutes
 * after the events and hours in bad times: a whole day before is allowed for. `undefined`: the path does not tell.
 */
export function dayOfPath(path: string): { readonly from: number; readonly to: number } | undefined {
  const plain = path.replaceAll('\\', '/')
  const [, year, month, day] = IN_NAME.exec(plain) ?? IN_FOLDERS.exec(plain) ?? []
  const start = Date.parse(`${year}-${month}-${day}T00:00:00Z`)
  return Number.isNaN(start) ? undefined : { from: start - DAY, to: start + DAY + AHEAD }
}
