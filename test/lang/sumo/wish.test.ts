import { expect, test } from 'vitest'
import { search } from './queries.ts'

const HIDDEN = /^_(?:time|messageTime|source\w+|collector)$/

test.each([
  ['* | where eventName = "x" | count by awsRegion', false, 'eventName awsRegion'],
  ['error | count by user', false, '_raw user User SubjectUserName user.name userName'],
  ['* | json field=body "a" as b | count by b', false, 'body b'],
  ['* | parse "a=*" as a | fields a', false, '_raw a'],
  ['* | where n = 1', true, 'n'],
  ['* | json auto | count by n', true, '_raw n'],
  ['* | transactionize a', true, 'a'],
  ['* | transactionize a (merge b takeFirst)', false, 'a b'],
  ['* | sessionize "a=*" as (a), "b=$a" as ()', false, '_raw a'],
  ['* | transaction on a with states x in s', false, 'a s x'],
  ['* | logreduce(m) by a', false, 'a m'],
  ['* | dedup | count', true, '_raw'],
  ['* | count by %"a[1].b"', false, 'a a[1].b'],
  ['* | trace "a=(.)" "x" | count', false, '_raw'],
  ['* | merge', false, '_raw'],
  ['* | transactionize a startswith="x" (merge b)', false, '_raw a b'],
  ['* | sum(_size)', false, '_raw _size'],
  ['* | parse regex "(?:Image)\\s*[:=](?<i>.)" | count by i', true, '_raw i'],
])('%s', (query, all, wanted) => {
  const { wish } = search(query)
  expect(wish.all).toBe(all)
  const names = [...wish.names].filter(name => !HIDDEN.test(name))
  expect(names.sort()).toEqual(wanted.split(' ').sort())
})

test.each([
  ['* | parse "a=*" as A | json "b", "c.d" as B, e nodrop | count by a', 'a b e'],
  ['* | where user = "x" | if(isNull(host), "y", host) as host | parse "u=*" as user', ''],
  ['* | parse regex "(?<u>.)(?<v>.)" nodrop | json field=v "w"', 'u v w'],
  ['* | parse regex "(?:Image)\\s*[:=](?<i>.)" | extract field=i "(?<k>.)"', 'k'],
  ['* | csv _raw extract 1 as a, b | 5 as c | lookup d, e as f from path://"t" on a=x', 'a b c d f'],
])('%s gives names of its own', (query, own) => {
  expect([...(search(query).wish.own ?? [])].sort().join(' ')).toBe(own)
})
