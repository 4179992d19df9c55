import { counted } from '../../core/quantity.ts'
import type { Bytes } from './bytes.ts'
import { lost, type Member, type OpenLimits, type OpenProblem } from './member.ts'
import { archiveProblem, listedEntries } from './zip-directory.ts'
import { entryMember, type ZipEntry } from './zip-entry.ts'
import { entriesInOrder } from './zip-headers.ts'

/** More entries than that are not read. */
const MAX_ENTRIES = 100_000

/**
 * The entries of a zip that are files. What is wrong with the archive itself goes to `problems`: without its directory,
 * which stands at the end, the entries are found by their own headers, as far as the archive goes.
 */
export async function* zipEntries(
  archive: Bytes,
  limits: OpenLimits,
  problems: OpenProblem[],
): AsyncGenerator<Member> {
  const names = new Map<string, number>()
  let count = 0
  try {
    for await (const entry of listedEntries(archive, MAX_ENTRIES, problems)) {
      count++
      if (!isFolder(entry)) yield entryMember(entry, numbered(entry.name, names), limits)
    }
    return
  } catch (error) {
    if (count > 0 || archiveProblem(error).code === 'input/encrypted') {
      problems.push(archiveProblem(error))
      return
    }
  }
  try {
    for (const entry of entriesInOrder(archive, MAX_ENTRIES)) {
      count++
      if (!isFolder(entry)) yield entryMember(entry, numbered(entry.name, names), limits)
    }
    const found = counted(count, 'entry was', 'entries were')
    const what = `the zip archive ends early: it has no directory, and ${found} found by their own headers`
    problems.push(lost('input/truncated', what))
  } catch (error) {
    problems.push(archiveProblem(error))
  }
}

function isFolder({ name }: ZipEntry): boolean {
  return name.endsWith('/')
}

/** A name that came before gets a number, so that each names one entry. */
function numbered(name: string, names: Map<string, number>): string {
  const before = names.get(name) ?? 0
  names.set(name, before + 1)
  return before === 0 ? name : `${name} (${before + 1})`
}
