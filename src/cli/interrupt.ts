import { engineReadsEnded } from '../engines/files/engine-reads.ts'
import { EXIT } from './exit.ts'

/**
 * Runs something that a first Ctrl-C asks to end with what it has so far, by setting the first element of `stop`.
 * A second one ends the program at once.
 */
export async function interruptible(run: (stop: Int32Array) => Promise<void>): Promise<void> {
  const stop = new Int32Array(new SharedArrayBuffer(4))
  const heard = (): void => {
    if (Atomics.exchange(stop, 0, 1) !== 0) {
      void engineReadsEnded().then(() => process.exit(EXIT.interrupted))
      return
    }
    process.stderr.write('\nstopping; press Ctrl-C again to stop at once\n')
  }
  process.on('SIGINT', heard)
  process.on('SIGTERM', heard)
  try {
    await run(stop)
  } finally {
    process.off('SIGINT', heard)
    process.off('SIGTERM', heard)
  }
}
