import { at, Random, zipf } from './random.ts'

/** The invented organisation whose logs are generated. It is the same for every seed, so rules can name what is in it. */
export interface World {
  readonly accounts: readonly Account[]
  readonly addresses: readonly string[]
  readonly agents: readonly string[]
  readonly drawAccount: (random: Random) => number
  readonly drawAddress: (random: Random) => number
  readonly drawAgent: (random: Random) => number
}

export interface Account {
  readonly id: string
  /** The most active first. */
  readonly sessions: readonly Session[]
  readonly users: readonly User[]
  /** The most used first. */
  readonly buckets: readonly string[]
  readonly keys: readonly string[]
}

/** A role and the name under which somebody took it. */
export interface Session {
  readonly role: string
  readonly roleId: string
  readonly name: string
}

export interface User {
  readonly name: string
  readonly id: string
}

export const ACCOUNT_IDS = [
  '111122223333',
  '222233334444',
  '333344445555',
  '444455556666',
  '555566667777',
  '666677778888',
  '777788889999',
  '888899990000',
] as const

export const REGIONS = [
  'us-east-1',
  'eu-west-1',
  'us-west-2',
  'eu-central-1',
  'ap-southeast-2',
  'ap-northeast-1',
] as const

export const TEAMS =
  'billing orders catalog search ledger payments identity media reports forecast fraud mail logistics stock portal mobile partner ingest archive metrics support trading claims routing pricing quality content labs fleet returns'.split(
    ' ',
  )
export const PURPOSES =
  'worker api batch etl deploy reader writer indexer exporter scheduler gateway replicator audit backup build'.split(
    ' ',
  )
export const BUCKET_KINDS = 'exports raw-events backups artifacts uploads data-lake logs models images'.split(
  ' ',
)
export const EXTENSIONS =
  '.parquet .json.gz .csv .avro .jpg .png .pdf .sql.gz .tar.zst .log .txt .xlsx .orc .bin .zip .pem .bak'.split(
    ' ',
  )
export const STAGES = ['prod', 'stage', 'test'] as const
/** Jobs are numbered `job-0000` on; the first are the most frequent in object keys. */
export const JOBS = 5000

const SESSIONS_PER_ROLE = 17

/** Makes the organisation; takes a fraction of a second. */
export function makeWorld(): World {
  const random = new Random(7)
  return {
    accounts: ACCOUNT_IDS.map((id, place) => makeAccount(id, place, random)),
    addresses: Array.from({ length: 30_000 }, (_, place) => makeAddress(place, random)),
    agents: makeAgents(),
    drawAccount: zipf(ACCOUNT_IDS.length, 0.8),
    drawAddress: zipf(30_000, 0.9),
    drawAgent: zipf(320, 1),
  }
}

/** Draws places of a bucket, a session or a user of one account. */
export const drawBucket = zipf(75, 1.1)
export const drawSession = zipf(150 * SESSIONS_PER_ROLE, 1.05)
export const drawUser = zipf(60, 1)
/** Draws the number of a role. */
export const drawRole = zipf(450, 1)
export const drawJob = zipf(JOBS, 1)

/** A job as object keys name it. */
export function jobName(place: number): string {
  return `job-${String(place).padStart(4, '0')}`
}

function makeAccount(id: string, place: number, random: Random): Account {
  const roles = Array.from({ length: 150 }, (_, number) => ({
    role: roleName(number + place * 37),
    roleId: `AROA${random.base32(16)}`,
  }))
  return {
    id,
    sessions: Array.from({ length: roles.length * SESSIONS_PER_ROLE }, (_, number) => ({
      ...at(roles, number % roles.length),
      name: sessionName(number, random),
    })),
    users: Array.from({ length: 60 }, (_, number) => ({
      name: `${at(TEAMS, number % TEAMS.length)}.ops${number}`,
      id: `AIDA${random.base32(16)}`,
    })),
    buckets: Array.from({ length: 75 }, (_, number) => bucketName(number, place)),
    keys: Array.from({ length: 40 }, () => random.uuid()),
  }
}

/** The role of that number; numbers 450 apart share a name. */
export function roleName(number: number): string {
  return `${at(TEAMS, number % TEAMS.length)}-${at(PURPOSES, Math.floor(number / TEAMS.length) % PURPOSES.length)}`
}

/** The bucket of that rank in the account of that place. */
export function bucketName(rank: number, account: number): string {
  const team = at(TEAMS, (rank * 7 + account * 11) % TEAMS.length)
  const kind = at(BUCKET_KINDS, (rank + account) % BUCKET_KINDS.length)
  return `${team}-${kind}-${at(STAGES, rank % STAGES.length)}-${account}${rank}`
}

function sessionName(number: number, random: Random): string {
  if (number % 3 === 0) return `i-0${random.hex(16)}`
  if (number % 3 === 1) return `${at(TEAMS, number % TEAMS.length)}-fn-${number % 97}`
  return `person${number}@example.com`
}

/** Private networks, the benchmarking range 198.18.0.0/15 and, now and then, an IPv6 documentation address. */
function makeAddress(place: number, random: Random): string {
  if (place % 40 === 39) return `2001:db8:${random.hex(4)}::${random.hex(4)}`
  const low = `${random.below(256)}.${1 + random.below(254)}`
  return place % 3 === 0 ? `10.${random.below(64)}.${low}` : `198.${18 + random.below(2)}.${low}`
}

function makeAgents(): readonly string[] {
  return Array.from({ length: 320 }, (_, place) => {
    const minor = 10 + ((place * 13) % 80)
    const patch = place % 29
    switch (place % 8) {
      case 0:
        return `[aws-sdk-java/2.${minor}.${patch} Linux/5.10.2${minor} OpenJDK_64-Bit_Server_VM/17.0.${patch % 12} vendor/Example cfg/retry-mode/standard]`
      case 1:
        return `[Boto3/1.${minor}.${patch} md/Botocore#1.${minor}.${patch} ua/2.0 os/linux#5.15.0 md/arch#x86_64 lang/python#3.11.${patch % 10} cfg/retry-mode#legacy]`
      case 2:
        return `[aws-cli/2.${minor}.${patch} Python/3.11.${patch % 10} Linux/6.1.0 exe/x86_64.amzn.2023 prompt/off command/s3.cp]`
      case 3:
        return `aws-sdk-go-v2/1.${minor}.${patch} os/linux lang/go#1.22.${patch % 8} md/GOOS#linux md/GOARCH#amd64 api/s3#1.${minor}.${patch}`
      case 4:
        return `[aws-sdk-js/3.${minor * 7}.${patch} ua/2.0 os/linux#6.1.0 lang/js md/nodejs#20.1${patch % 9}.0 api/s3#3.${minor * 7}.${patch}]`
      case 5:
        return `Terraform/1.${minor % 12}.${patch % 9} terraform-provider-aws/5.${minor}.${patch % 3} aws-sdk-go/1.${minor}.${patch}`
      case 6:
        return `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/1${minor}.0.0.0 Safari/537.${patch}`
      default:
        return `[S3Console/0.4, aws-internal/3 aws-sdk-java/1.12.${minor * 9} Linux/5.4.${patch} OpenJDK_64-Bit_Server_VM/25.37 java/1.8.0_${minor} vendor/Example]`
    }
  })
}
