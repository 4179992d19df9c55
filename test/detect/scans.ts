import type { JsonObject } from '../../src/core/json.ts'
import { type HuntResult, hunt } from '../../src/detect/hunt.ts'
import type { HuntOptions, ScanOptions } from '../../src/detect/options.ts'
import type { Finding } from '../../src/findings/finding.ts'
import { linkSigma } from '../../src/lang/sigma/link.ts'
import { parseSigma } from '../../src/lang/sigma/parse.ts'
import type { ContextTable } from '../../src/plan/context-table.ts'
import type { LoadedRules } from '../../src/rules/load.ts'
import { event } from '../cli/logs.ts'

/** How to scan files without being watched. */
export function scanOf(inputs: readonly string[], more: Partial<ScanOptions> = {}): ScanOptions {
  return {
    inputs,
    threads: 1,
    maxUnpacked: 1 << 28,
    stop: new Int32Array(new SharedArrayBuffer(4)),
    watch: { begin: () => {}, progress: () => {}, fileDone: () => {} },
    ...more,
  }
}

/** What a hunt gives, with its findings made. */
export interface Hunted extends Omit<HuntResult, 'findings'> {
  readonly findings: readonly Finding[]
}

/** Hunts, and makes every finding: tests have few. */
export async function huntAll(options: HuntOptions): Promise<Hunted> {
  const { findings, ...rest } = await hunt(options)
  const made = [...findings]
  findings.close()
  return { ...rest, findings: made }
}

/** Rules from their texts. */
export function rulesOf(texts: readonly string[], tables: readonly ContextTable[] = []): LoadedRules {
  const documents = texts.flatMap((text, number) => parseSigma(text, { file: `${number}.yml`, tables }))
  const rules = linkSigma(documents).flatMap(linked =>
    linked.kind === 'rule' ? [{ rule: linked.rule, problems: [], source: undefined }] : [],
  )
  return { rules, refused: [], problems: [] }
}

/** A user other than alice. */
export function user(name: string, key: string): JsonObject {
  return {
    userIdentity: {
      type: 'IAMUser',
      arn: `arn:aws:iam::111122223333:user/${name}`,
      accountId: '111122223333',
      accessKeyId: key,
      userName: name,
    },
  }
}

/**
 * So many files of 120 events, each repeats some of the one before. From 3 MiB on they are read by several threads:
 * each event has that many characters that mean nothing.
 */
export function largeLogs(files: number, characters = 4000): readonly (readonly JsonObject[])[] {
  return Array.from({ length: files }, (_, file) =>
    Array.from({ length: 120 }, (_, at) => {
      const number = file * 100 + at
      const name = `user${number % 7}`
      return event(number, {
        ...user(name, `AKIA${number % 11}`),
        sourceIPAddress: `192.0.2.${number % 50}`,
        requestParameters: { bucketName: `bucket-${number % 13}`, text: 'x'.repeat(characters) },
        ...(number % 5 === 0 ? { errorCode: 'AccessDenied' } : {}),
      })
    }),
  )
}
