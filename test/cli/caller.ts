import { spawn, spawnSync } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'

const MAIN = 'dist/bundle/main.js'
const PROGRAM = 'dist/cli/program.js'

export interface Called {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/**
 * Calls the built program as a person would, and waits for its end: in a process of its own where it gets standard
 * input, else in a thread that has loaded its modules already.
 */
export function nephoscope(args: readonly string[], input: string | Buffer = ''): Called {
  return input === '' ? inThread(args) : inProcess(args, input)
}

function inProcess(args: readonly string[], input: string | Buffer): Called {
  const called = spawnSync(process.execPath, [MAIN, ...args], { input, env: plainEnv(), maxBuffer: 1 << 28 })
  return { code: called.status, out: String(called.stdout), err: String(called.stderr) }
}

let thread: { readonly worker: Worker; readonly port: MessagePort; readonly answered: Int32Array } | undefined

function inThread(args: readonly string[]): Called {
  thread ??= startThread()
  const { worker, port, answered } = thread
  const before = Atomics.load(answered, 0)
  port.postMessage(args)
  // The call before may wake this one up: only the count says that this one is answered.
  while (Atomics.load(answered, 0) === before) {
    if (Atomics.wait(answered, 0, before, 60_000) !== 'timed-out') continue
    thread = undefined
    worker.terminate()
    throw new Error(`no end of: ${args.join(' ')}`)
  }
  return receiveMessageOnPort(port)?.message as Called
}

function startThread(): NonNullable<typeof thread> {
  const { port1: port, port2 } = new MessageChannel()
  const answered = new Int32Array(new SharedArrayBuffer(4))
  const workerData = { port: port2, answered, program: pathToFileURL(PROGRAM).href }
  const worker = new Worker(SERVER, { eval: true, workerData, transferList: [port2], env: plainEnv() })
  worker.unref()
  return { worker, port, answered }
}

/** Runs the program for each list of arguments and answers each once, also if something fails that nobody waits for. */
const SERVER = `
const { port, answered, program } = require('node:worker_threads').workerData
const written = { stdout: [], stderr: [] }
for (const name of ['stdout', 'stderr'])
  process[name].write = text => written[name].push(Buffer.from(text)) > 0
const all = name => Buffer.concat(written[name].splice(0)).toString()
let open = false
let failures = ''
const answer = () => {
  if (!open) return
  open = false
  const code = failures === '' ? process.exitCode ?? 0 : 1
  port.postMessage({ code, out: all('stdout'), err: all('stderr') + failures })
  failures = ''
  Atomics.add(answered, 0, 1)
  Atomics.notify(answered, 0)
}
const fail = error => { failures += String(error?.stack) }
process.on('uncaughtException', error => { fail(error); answer() })
process.on('exit', answer)
port.on('message', async args => {
  open = true
  process.exitCode = undefined
  await import(program).then(it => it.runProgram([process.execPath, 'nephoscope', ...args])).catch(fail)
  answer()
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

export function lines(text: string): readonly string[] {
  return text.split('\n').filter(line => line !== '')
}
