import type { LogLine, SimulatedFile, Target } from './line.ts'
import type { Random } from './random.ts'
import { dayFolders, fileStamp, HOUR, MINUTE } from './span.ts'

const SLOT = { cloudtrail: 5 * MINUTE, 'vpc-flow': 5 * MINUTE, 's3-access': HOUR, hourly: HOUR } as const

interface Draft {
  readonly target: Target
  /** The end of the time in which its lines were delivered. */
  readonly until: number
  readonly lines: LogLine[]
}

/** Puts lines into files as the clouds deliver them: by target and moment of delivery. */
export class Packer {
  private drafts = new Map<string, Draft>()
  private readonly random: Random

  constructor(random: Random) {
    this.random = random
  }

  add(line: LogLine): void {
    const { target } = line
    const slot = SLOT[target.kind]
    const at = target.kind === 'hourly' ? line.time : line.delivered
    const until = target.kind === 'hourly' ? (Math.floor(at / slot) + 1) * slot : Math.ceil(at / slot) * slot
    const key = `${target.folder}|${target.prefix}|${until}`
    const draft = this.drafts.get(key)
    if (draft === undefined) this.drafts.set(key, { target, until, lines: [line] })
    else draft.lines.push(line)
  }

  /** The files to which no line that is delivered from `time` on can come. */
  *before(time: number): Generator<SimulatedFile> {
    const done = [...this.drafts].filter(([, draft]) => draft.until < time)
    done.sort(([left], [right]) => (left < right ? -1 : 1))
    for (const [key, draft] of done) {
      this.drafts.delete(key)
      yield fileOf(draft, this.random)
    }
  }
}

function fileOf({ target, until, lines }: Draft, random: Random): SimulatedFile {
  lines.sort((left, right) => left.delivered - right.delivered)
  const texts = lines.map(line => line.text)
  const { folder, prefix, header } = target
  switch (target.kind) {
    case 'cloudtrail': {
      const name = `${prefix}_${fileStamp(until)}_${random.letters(16)}.json.gz`
      return file(`${folder}/${dayFolders(until)}/${name}`, `{"Records":[${texts.join(',')}]}`)
    }
    case 'vpc-flow': {
      const name = `${prefix}_${fileStamp(until)}_${random.hex(8)}.log.gz`
      return file(`${folder}/${dayFolders(until)}/${name}`, `${header}\n${texts.join('\n')}\n`)
    }
    case 's3-access': {
      const stamp = new Date(until).toISOString().slice(0, 19).replace(/[T:]/g, '-')
      return file(`${folder}/${stamp}-${random.hex(16).toUpperCase()}`, `${texts.join('\n')}\n`)
    }
    case 'hourly':
      return file(`${folder}/${hourFolders(until - HOUR, prefix)}`, `${texts.join('\n')}\n`)
  }
}

/** Azure has a folder for each part of the time; Google has the hour in the name (with colons, which not every disk takes). */
function hourFolders(start: number, form: string): string {
  const [day, time = ''] = new Date(start).toISOString().split('T')
  const [year, month, date] = (day ?? '').split('-')
  const hour = time.slice(0, 2)
  if (form === 'azure') return `y=${year}/m=${month}/d=${date}/h=${hour}/m=00/PT1H.json`
  return `${year}/${month}/${date}/${hour}-00-00_${hour}-59-59_S0.json`
}

function file(path: string, text: string): SimulatedFile {
  return { path: `logs/${path}`, text, packed: path.endsWith('.gz') }
}
