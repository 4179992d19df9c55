import { expect, test } from 'vitest'
import { readFindings } from '../../src/findings/read-findings.ts'
import type { FindingSections } from '../../src/findings/sections.ts'

const sections: FindingSections = {
  answers: [
    {
      question: 'who',
      value: 'arn:aws:iam::111122223333:user/alice',
      details: { account: ['111122223333'] },
    },
    { question: 'what destination', value: 'unknown: nobody says' },
  ],
  steps: [
    { time: '2026-03-10T09:00:00Z', name: 'launch', text: 'ami-1 on i-1', event_id: 'e1' },
    { time: '2026-03-10T09:02:00Z', name: 'egress', text: 'to 198.51.100.9', after: 120_000 },
    { time: '', name: 'lookup', text: 'no log', state: 'not observable' },
    { time: '', name: 'alert', text: 'none', state: 'missing' },
  ],
  risk: { impact: 80, confidence: 60, score: 48, parts: ['impact +40: data goes somewhere'] },
  caveats: ['images is missing'],
}

function read(more: object): FindingSections | undefined {
  const found = readFindings(JSON.stringify({ id: 'f1', level: 'high', evidence: [], ...more }))
  if (!found.ok) return undefined
  const [{ answers, steps, risk, caveats } = {}] = found.value
  return JSON.parse(JSON.stringify({ answers, steps, risk, caveats }))
}

test('the sections of a finding are read as they were written', () => {
  expect(read(sections)).toEqual(sections)
})

test('a finding without sections has none, and one with an empty list keeps it', () => {
  expect(read({})).toEqual({})
  expect(read({ answers: [], caveats: [] })).toEqual({ answers: [], caveats: [] })
})

test('what is no answer, step or text is left out, and a number that is none is 0', () => {
  expect(
    read({
      answers: [1, { question: 'who' }, { question: 'who', value: 'x', details: { a: ['b', 2], c: 'd' } }],
      steps: [null, { text: 'x' }, { name: 'launch', after: 'soon', state: 'lost' }],
      risk: { impact: '80', parts: 'x' },
      caveats: [{}, 'x'],
    }),
  ).toEqual({
    answers: [{ question: 'who', value: 'x', details: { a: ['b'], c: [] } }],
    steps: [{ time: '', name: 'launch', text: '' }],
    risk: { impact: 0, confidence: 0, score: 0, parts: [] },
    caveats: ['x'],
  })
})
