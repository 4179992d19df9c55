import type { InputFile } from '../engines/files/list.ts'
import { isPipe } from '../engines/files/pipe.ts'
import type { ScanJob } from '../engines/files/scan-job.ts'
import { type Sweep, sweep } from '../engines/files/sweep.ts'
import { inTemporaryFolder } from '../engines/temporary-folder.ts'
import { type ChosenFiles, chooseFiles, resources } from './inputs.ts'
import type { ScanOptions } from './options.ts'
import { savePipes } from './saved-pipes.ts'
import { mapsOf } from './source-maps.ts'

/** What is to be done with each event, beside what the options say. */
export type ScanWork = Pick<
  ScanJob,
  | 'rules'
  | 'carry'
  | 'bare'
  | 'correlations'
  | 'profile'
  | 'entity'
  | 'count'
  | 'gates'
  | 'hiding'
  | 'rows'
  | 'generic'
  | 'geo'
>

/** What came of the scan, as long as it is there. */
export interface Scanned {
  readonly input: ChosenFiles
  readonly swept: Sweep
  /** A folder of the scan's own, gone afterwards. */
  readonly folder: string
  readonly interrupted: boolean
}

/** Scans the files behind the inputs and hands over what came of it; afterwards everything temporary is gone. */
export async function scanInputs<Result>(
  options: ScanOptions,
  work: ScanWork,
  use: (scanned: Scanned) => Result | Promise<Result>,
): Promise<Result> {
  const chosen = chooseFiles(options.inputs, options)
  options.watch.begin(chosen.files, work.rules.length)
  return inTemporaryFolder(async folder => {
    // Counting reads some files twice.
    const twice = work.count === true
    const files = twice ? await savePipes(chosen.files, folder, options.stop) : chosen.files
    const input = { ...chosen, files }
    const swept = await scanFiles(files, options, wholeIfOnce(work, files), folder)
    try {
      return await use({ input, swept, folder, interrupted: Atomics.load(options.stop, 0) !== 0 })
    } finally {
      await swept.close()
    }
  })
}

/** Bare hits are made whole from their files: hits of what can be read only once are whole from the beginning. */
function wholeIfOnce({ bare, ...work }: ScanWork, files: readonly InputFile[]): ScanWork {
  return bare === undefined || files.some(({ path }) => isPipe(path)) ? work : { ...work, bare }
}

/** Scans files; what does not fit in memory goes to the folder. */
export function scanFiles(
  files: readonly InputFile[],
  options: ScanOptions,
  work: ScanWork,
  folder: string,
): Promise<Sweep> {
  return sweep(files, jobOf(options, work, folder), sweepOptions(options, files))
}

function jobOf(options: ScanOptions, work: ScanWork, folder: string): ScanJob {
  const { from, to, maxUnpacked } = options
  return {
    ...work,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    maps: mapsOf(options),
    maxUnpacked,
    maxRecord: resources.maxRecord,
    chunk: resources.chunk,
    idBudget: resources.ids / Math.max(1, options.threads),
    bareBudget: resources.hits / Math.max(1, options.threads),
    folder,
  }
}

function sweepOptions(options: ScanOptions, files: readonly InputFile[]): Parameters<typeof sweep>[2] {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  return {
    threads: bytes < resources.worthThreads ? 1 : Math.min(options.threads, files.length),
    hitBudget: resources.hits,
    progress: (bytes, events) => options.watch.progress(bytes, events),
    fileDone: file => options.watch.fileDone(file),
    stop: options.stop,
  }
}
