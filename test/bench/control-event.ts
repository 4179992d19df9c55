import { type Action, COMMON_ACTIONS, GLOBAL_SERVICES, RARE_ACTIONS } from './actions.ts'
import { type Draw, drawCaller, timeText } from './caller.ts'
import { drawParameters } from './parameters.ts'
import { at, type Random, zipf } from './random.ts'
import type { Parameters } from './shape.ts'

const drawCommon = zipf(COMMON_ACTIONS.length, 1.1)
const READS = /^(?:Assume|BatchGet|Decrypt|Describe|Encrypt|Generate|Get|List|Lookup|Query|Receive)/

/** The text of one event of the control plane. */
export function controlEvent(draw: Draw): string {
  const { random, account, region } = draw
  const action = drawAction(random, region)
  const login = action.shape === 'login'
  const caller = drawCaller(draw)
  const parameters = drawParameters(action.shape, draw)
  const failure = !login && random.chance(0.028) ? failureOf(action, random) : ''
  return (
    `{"eventVersion":"1.11","userIdentity":${caller.identity},"eventTime":"${timeText(draw.time)}",` +
    `"eventSource":"${action.service}.amazonaws.com","eventName":"${action.name}","awsRegion":"${region}",` +
    `"sourceIPAddress":"${caller.address}","userAgent":"${caller.agent}",${failure}` +
    `"requestParameters":${json(parameters.request)},"responseElements":${failure === '' ? json(parameters.response) : 'null'},` +
    `${login ? LOGIN_DATA : ''}"requestID":"${random.uuid()}","eventID":"${random.uuid()}","readOnly":${READS.test(action.name)},` +
    `${resources(parameters, account.id)}"eventType":"${login ? 'AwsConsoleSignIn' : 'AwsApiCall'}","managementEvent":true,` +
    `"recipientAccountId":"${account.id}","eventCategory":"Management"${caller.service || random.chance(0.4) ? '' : tlsOf(action, region)}}`
  )
}

const LOGIN_DATA =
  '"additionalEventData":{"LoginTo":"https://console.aws.amazon.com/console/home","MobileVersion":"No","MFAUsed":"Yes"},'

/** One in 125 is of the rare kind; services without regions log in us-east-1 only. */
function drawAction(random: Random, region: string): Action {
  for (;;) {
    const action = random.chance(0.008) ? random.pick(RARE_ACTIONS) : at(COMMON_ACTIONS, drawCommon(random))
    if (region === 'us-east-1' || !GLOBAL_SERVICES.has(action.service)) return action
  }
}

function failureOf({ service, name }: Action, random: Random): string {
  const other = random.chance(0.25)
  const denied = service === 'ec2' ? 'Client.UnauthorizedOperation' : 'AccessDenied'
  const code = other
    ? random.pick(['ThrottlingException', 'ValidationException', 'ResourceNotFoundException'])
    : denied
  const message = other ? 'Rate exceeded' : `User is not authorized to perform: ${service}:${name}`
  return `"errorCode":"${code}","errorMessage":"${message}",`
}

function resources({ resource }: Parameters, account: string): string {
  return resource === undefined
    ? ''
    : `"resources":[{"accountId":"${account}","type":"${resource.type}","ARN":"${resource.arn}"}],`
}

function tlsOf({ service }: Action, region: string): string {
  const host = GLOBAL_SERVICES.has(service)
    ? `${service}.amazonaws.com`
    : `${service}.${region}.amazonaws.com`
  return `,"tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256","clientProvidedHostHeader":"${host}"}`
}

function json(value: object | undefined): string {
  return value === undefined ? 'null' : JSON.stringify(value)
}
