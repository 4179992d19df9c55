/** What this process is writing, until it is whole. */
const ENDING = `.${process.pid}.part`

/** The name of a file while it is being written. */
export function draftOf(file: string): string {
  return `${file}${ENDING}`
}

/** Is it such a name? What is being written is nothing to read. */
export function isDraft(name: string): boolean {
  return name.endsWith(ENDING)
}
