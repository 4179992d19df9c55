import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'
import { afterAll } from 'vitest'

const MAIN = 'dist/cli/main.js'

export interface Called {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/**
 * Calls the built program as a person would, and waits for its end: in a process of its own where it reads standard
 * input, else in a thread that has loaded its modules already.
 */
export function nephoscope(args: readonly string[], input: string | Buffer = ''): Called {
  return input === '' && !args.includes('-') ? inThread(args) : inProcess(args, input)
}

/** The same in a process of its own, always. */
function inProcess(args: readonly string[], input: string | Buffer = ''): Called {
  const called = spawnSync(process.execPath, [MAIN, ...args], { input, env: plainEnv(), maxBuffer: 1 << 28 })
  return { code: called.status, out: String(called.stdout), err: String(called.stderr) }
}

let thread: { readonly worker: Worker; readonly port: MessagePort; readonly done: Int32Array } | undefined

function inThread(args: readonly string[]): Called {
  thread ??= startThread()
  const { port, done } = thread
  Atomics.store(done, 0, 0)
  port.postMessage(args)
  if (Atomics.wait(done, 0, 0, 60_000) === 'timed-out') throw new Error(`no end of: ${args.join(' ')}`)
  return receiveMessageOnPort(port)?.message as Called
}

function startThread(): NonNullable<typeof thread> {
  const { port1: port, port2 } = new MessageChannel()
  const done = new Int32Array(new SharedArrayBuffer(4))
  const workerData = { port: port2, done, main: pathToFileURL(MAIN).href }
  const worker = new Worker(SERVER, { eval: true, workerData, transferList: [port2], env: plainEnv() })
  worker.unref()
  return { worker, port, done }
}

/** Evaluates the main module anew for each list of arguments; what it imports is loaded once. */
const SERVER = `
const { port, done, main } = require('node:worker_threads').workerData
const written = { stdout: [], stderr: [] }
for (const name of ['stdout', 'stderr']) {
  process[name].setMaxListeners(0)
  process[name].write = text => written[name].push(Buffer.from(text)) > 0
}
const all = name => Buffer.concat(written[name].splice(0)).toString()
let calls = 0
port.on('message', async args => {
  process.argv = [process.execPath, 'nephoscope', ...args]
  process.exitCode = undefined
  let failure = ''
  await import(main + '?call=' + calls++).catch(error => {
    process.exitCode = 1
    failure = String(error?.stack)
  })
  port.postMessage({ code: process.exitCode ?? 0, out: all('stdout'), err: all('stderr') + failure })
  Atomics.store(done, 0, 1)
  Atomics.notify(done, 0)
})`

function plainEnv(): NodeJS.ProcessEnv {
  const { NO_COLOR: _, FORCE_COLOR: __, ...env } = process.env
  return env
}

/** Calls the program and closes its standard output after the first bytes, as `| head` does. */
export function nephoscopeToHead(args: readonly string[]): Promise<Called> {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.once('data', data => {
    out = String(data)
    child.stdout.destroy()
  })
  child.stderr.on('data', data => {
    err += String(data)
  })
  return new Promise(resolve => child.on('close', code => resolve({ code, out, err })))
}

/** A folder that is gone after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'nephoscope-test-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Writes a file and gives its path. */
export function written(folder: string, name: string, content: string | Buffer): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

export function lines(text: string): readonly string[] {
  return text.split('\n').filter(line => line !== '')
}
