import type { ScanThread } from './thread.ts'

/** Every thread takes the next piece of work until there is none. */
export async function drain<Work>(
  work: readonly Work[],
  threads: readonly ScanThread[],
  run: (thread: ScanThread, one: Work) => Promise<void>,
): Promise<void> {
  let next = 0
  const help = async (thread: ScanThread): Promise<void> => {
    for (let one = work[next++]; one !== undefined; one = work[next++]) await run(thread, one)
  }
  await Promise.all(threads.map(help))
}
