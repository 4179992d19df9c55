import { expect, test } from 'vitest'
import { importTable, recognised } from '../../src/context/import/import-table.ts'
import { loadContext } from '../../src/context/load.ts'

const DAY = '2024-05-01'

interface Wanted {
  readonly as?: string
  readonly fill?: Readonly<Record<string, string>>
  readonly existing?: string
  readonly file?: string
}

/** Imports what was printed, and gives what came of it with the sound rows of the table. */
function imported(value: unknown, { as, fill = {}, existing = '', file }: Wanted = {}) {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const all = recognised(text, as)
  const [found] = typeof all === 'string' ? [] : all
  if (found === undefined) throw new Error(String(all))
  const name = file ?? `${found.table.name}.yaml`
  const result = importTable(
    found,
    { file: name, text: existing },
    { fill: new Map(Object.entries(fill)), day: DAY },
  )
  const { context, problems } = loadContext([{ file: name, text: result.text }], {
    asOf: Date.UTC(2024, 4, 2),
  })
  const rows = context.tables.get(result.table)?.rows ?? []
  const again = importTable(
    found,
    { file: name, text: result.text },
    { fill: new Map(Object.entries(fill)), day: DAY },
  )
  expect(again.text).toBe(result.text)
  expect([again.added, again.updated]).toEqual([0, 0])
  return {
    ...result,
    problems,
    rows: rows.map(({ cells }) => Object.fromEntries([...cells].map(([k, v]) => [k, v.join(';')]))),
  }
}

const UUID = '11111111-2222-4333-8444-555555555555'

test.each([
  [
    'aws ec2 describe-images',
    {
      Images: [
        {
          ImageId: 'ami-1',
          OwnerId: '111122223333',
          ImageOwnerAlias: 'amazon',
          Name: 'base',
          Public: true,
          State: 'available',
        },
      ],
    },
    'images',
    {
      id: 'ami-1',
      owner_account: '111122223333',
      owner_alias: 'amazon',
      public: 'true',
      status: 'available',
      provenance: 'vendor',
    },
  ],
  [
    'aws organizations list-accounts',
    {
      Accounts: [
        {
          Id: '011122223333',
          Arn: 'arn:aws:organizations::111122223333:account/o-exampleorgid/011122223333',
          Name: 'main',
          Status: 'ACTIVE',
        },
      ],
    },
    'accounts',
    { id: '011122223333', name: 'main', organization: 'o-exampleorgid', status: 'active' },
  ],
  [
    'aws s3api list-buckets',
    {
      Buckets: [{ Name: 'payroll', CreationDate: '2024-01-01T00:00:00Z', BucketRegion: 'eu-west-1' }],
      Owner: { ID: 'a' },
    },
    'owned_buckets',
    { name: 'payroll', provider: 'aws', region: 'eu-west-1' },
  ],
  [
    'gcloud compute images list',
    [
      {
        name: 'base',
        selfLink: 'https://www.googleapis.com/compute/v1/projects/my-project-1/global/images/base',
        status: 'READY',
        creationTimestamp: '2024-01-01T00:00:00.000-08:00',
      },
    ],
    'images',
    {
      id: 'projects/my-project-1/global/images/base',
      provider: 'gcp',
      owner_account: 'my-project-1',
      created: '2024-01-01T08:00:00Z',
    },
  ],
  [
    'gcloud projects list',
    [{ projectId: 'my-project-1', projectNumber: '123456789012', name: 'Mine', labels: { owner: 'team-a' } }],
    'projects',
    { id: 'my-project-1', number: '123456789012', owner: 'team-a' },
  ],
  [
    'az account list',
    [{ id: UUID, tenantId: UUID, name: 'Production', cloudName: 'AzureCloud', isDefault: true }],
    'subscriptions',
    { id: UUID, tenant: UUID, name: 'Production' },
  ],
  [
    'az image list',
    [
      {
        id: `/subscriptions/${UUID}/resourceGroups/r/providers/Microsoft.Compute/images/base`,
        name: 'base',
        location: 'westeurope',
      },
    ],
    'images',
    { provider: 'azure', owner_account: UUID, region: 'westeurope' },
  ],
  [
    'az sig image-version list',
    [
      {
        id: `/subscriptions/${UUID}/resourceGroups/r/providers/Microsoft.Compute/galleries/g/images/base/versions/1.0.0`,
        name: '1.0.0',
        location: 'westeurope',
      },
    ],
    'images',
    { provider: 'azure', owner_account: UUID },
  ],
  [
    'az storage account list',
    [
      {
        id: `/subscriptions/${UUID}/resourceGroups/r/providers/Microsoft.Storage/storageAccounts/exampledata`,
        name: 'exampledata',
        location: 'westeurope',
        kind: 'StorageV2',
        tags: { Owner: 'ignored here' },
      },
    ],
    'owned_buckets',
    { name: 'exampledata', provider: 'azure', account: UUID, region: 'westeurope' },
  ],
  [
    'gcloud storage buckets list',
    [{ name: 'example-data', storage_url: 'gs://example-data/', location: 'EUROPE-WEST1' }],
    'owned_buckets',
    { name: 'example-data', provider: 'gcp', region: 'europe-west1' },
  ],
  [
    'aws organizations describe-organization',
    { Organization: { Id: 'o-exampleorgid', MasterAccountId: '111122223333', FeatureSet: 'ALL' } },
    'organizations',
    { id: 'o-exampleorgid', management_account: '111122223333' },
  ],
  [
    'aws ec2 describe-vpc-endpoints',
    {
      VpcEndpoints: [
        {
          VpcEndpointId: 'vpce-0123456789abcdef0',
          VpcId: 'vpc-1',
          ServiceName: 'com.amazonaws.eu-west-1.s3',
          OwnerId: '111122223333',
        },
      ],
    },
    'vpc_endpoints',
    {
      id: 'vpce-0123456789abcdef0',
      account: '111122223333',
      vpc: 'vpc-1',
      service: 'com.amazonaws.eu-west-1.s3',
    },
  ],
  [
    'aws ec2 describe-nat-gateways',
    {
      NatGateways: [
        {
          NatGatewayId: 'nat-1',
          NatGatewayAddresses: [{ PublicIp: '198.51.100.9', PrivateIp: '10.0.0.9' }],
          Tags: [{ Key: 'Name', Value: 'way out' }],
        },
      ],
    },
    'owned_networks',
    { cidr: '198.51.100.9/32', use: 'nat', name: 'way out' },
  ],
  [
    "aws ec2 describe-vpcs, whose private networks are nobody's",
    {
      Vpcs: [
        {
          VpcId: 'vpc-1',
          OwnerId: '111122223333',
          CidrBlock: '10.0.0.0/16',
          Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock: '2001:db8:1::/56' }],
        },
      ],
    },
    'owned_networks',
    { cidr: '2001:db8:1::/56', use: 'cloud', name: 'vpc-1', accounts: '111122223333' },
  ],
  [
    "Macie's describe-buckets",
    {
      buckets: [
        {
          bucketName: 'payroll',
          accountId: '111122223333',
          tags: [
            { key: 'Data-Classification', value: 'Restricted' },
            { key: 'owner', value: 'hr@example.com' },
          ],
        },
      ],
    },
    'sensitive_buckets',
    { name: 'payroll', account: '111122223333', classification: 'restricted', data_owner: 'hr@example.com' },
  ],
  [
    "Config's snapshot",
    {
      configurationItems: [
        {
          resourceType: 'AWS::S3::Bucket',
          resourceName: 'payroll',
          awsAccountId: '111122223333',
          awsRegion: 'eu-west-1',
          tags: { owner: 'hr@example.com', classification: 'log' },
        },
      ],
    },
    'sensitive_buckets',
    { name: 'payroll', account: '111122223333', classification: 'log', data_owner: 'hr@example.com' },
  ],
  [
    "Config's query",
    {
      Results: [
        JSON.stringify({
          resourceType: 'AWS::S3::Bucket',
          resourceName: 'payroll',
          accountId: '111122223333',
          tags: [
            { key: 'owner', value: 'o' },
            { key: 'classification', value: 'internal' },
          ],
        }),
      ],
    },
    'sensitive_buckets',
    { name: 'payroll', account: '111122223333', classification: 'internal', data_owner: 'o' },
  ],
  [
    'a table of buckets',
    'bucket,account,classification,data_owner\npayroll,111122223333,Confidential,hr@example.com\n',
    'sensitive_buckets',
    {
      name: 'payroll',
      account: '111122223333',
      classification: 'confidential',
      data_owner: 'hr@example.com',
    },
  ],
  [
    'az vm image list',
    [
      {
        architecture: 'x64',
        offer: 'linux-server',
        publisher: 'ExamplePublisher',
        sku: '22_04',
        urn: 'ExamplePublisher:linux-server:22_04:1.0.1',
        urnAlias: 'Linux2204',
        version: '1.0.1',
      },
      {
        offer: 'linux-server',
        publisher: 'ExamplePublisher',
        sku: '22_04',
        urn: 'ExamplePublisher:linux-server:22_04:1.0.2',
        urnAlias: 'Linux2204',
        version: '1.0.2',
      },
    ],
    'images',
    {
      id: 'ExamplePublisher:linux-server:22_04',
      provider: 'azure',
      name: 'Linux2204',
      owner_alias: 'ExamplePublisher',
      provenance: 'marketplace',
    },
  ],
] as const)('%s is recognised, and read twice it changes nothing', (_, value, table, row) => {
  const result = imported(value)
  expect(result.table).toBe(table)
  expect(result.refused).toEqual([])
  expect(result.problems).toEqual([])
  expect(result.rows).toMatchObject([{ ...row, last_verified: '2024-05-01T00:00:00Z' }])
})

test('what is none of these is refused with what there is', () => {
  expect(recognised('{"Users":[]}')).toContain('aws ec2 describe-images')
  expect(recognised('{"Images":[]')).toContain('it is no JSON')
  expect(recognised('{"Images":[]}', 'accounts')).toContain('as accounts')
  expect(recognised('{"Images":[]}', 'approved_images')).toContain('nothing for that table')
})

test('what is no JSON, and what is empty, is called so', () => {
  expect(recognised('IMAGES\tx86_64\tami-1\n')).toContain('it is no JSON, and no table')
  expect(recognised(' \n')).toBe('it is empty')
  expect(recognised('[]')).toContain('nothing that can be imported')
  expect(imported('[]', { as: 'images' })).toMatchObject({ added: 0, rows: [] })
})

test('VPCs with private networks have none to take over', () => {
  const vpc = { VpcId: 'vpc-1', OwnerId: '111122223333', CidrBlock: '10.0.0.0/16' }
  expect(imported({ Vpcs: [vpc] })).toMatchObject({ table: 'owned_networks', rows: [], refused: [] })
})

test.each(['NextToken', 'Marker', 'ContinuationToken'])('a list that goes on says so: %s', name => {
  expect(recognised(JSON.stringify({ Images: [], [name]: 'x' }))).toMatchObject([{ more: name }])
  expect(recognised(JSON.stringify({ Images: [], [name]: null }))).not.toMatchObject([{ more: name }])
})

test('rows that come into an empty list stand on lines of their own', () => {
  const { text } = imported({ Buckets: [{ Name: 'payroll' }, { Name: 'logs' }] }, { existing: '[]\n' })
  expect(text.split('\n')[0]).toBe('- name: payroll')
})

test('columns of people stay, facts of the cloud are brought up to date, other rows stay', () => {
  const existing = `# reviewed by the platform team
- id: "111122223333" # main
  name: old name
  owner: platform@example.com
  x_floor: 3
- id: 444455556666
  relation: partner
`
  const value = {
    Accounts: [
      {
        Id: '111122223333',
        Arn: 'arn:aws:organizations::1:account/o-exampleorgid/1',
        Name: 'new name',
        Status: 'ACTIVE',
      },
      { Id: '777788889999', Arn: '', Name: 'third', Status: 'ACTIVE' },
    ],
  }
  const result = imported(value, { existing, fill: { owner: 'somebody@example.com' } })
  expect(result).toMatchObject({ added: 1, updated: 1, unchanged: 0, untouched: 1 })
  expect(result.rows).toMatchObject([
    { id: '111122223333', name: 'new name', owner: 'platform@example.com', x_floor: '3', status: 'active' },
    { id: '444455556666', relation: 'partner' },
    { id: '777788889999', owner: 'somebody@example.com' },
  ])
  expect(result.text).toContain('# reviewed by the platform team')
  expect(result.text).toContain('# main')
})

test('a table in CSV stays one, with its columns in their order', () => {
  const existing = 'name;x_team;region\npayroll;"blue; red";eu-west-1\n'
  const value = { Buckets: [{ Name: 'payroll', BucketRegion: 'eu-west-2' }, { Name: 'new' }] }
  const result = imported(value, { existing, file: 'owned_buckets.csv' })
  expect(result.text.split('\n')[0]).toBe('name;x_team;region;provider;source;last_verified')
  expect(result.rows).toMatchObject([{ name: 'payroll', region: 'eu-west-2' }, { name: 'new' }])
  expect(result.text).toContain('"blue; red"')
})

test('an item that cannot be a row is refused with its number, and the others are taken', () => {
  const value = {
    Images: [
      { ImageId: 'ami-1', OwnerId: '111' },
      7,
      { Name: 'x' },
      { ImageId: 'ami-2' },
      { ImageId: 'ami-2' },
    ],
  }
  const result = imported(value)
  expect(result.refused.map(({ item, message }) => `${item}: ${message}`)).toEqual([
    '0: owner_account: "111" is no id of an account, subscription, tenant or project',
    '1: it is no object',
    '2: it has no ImageId',
    '4: it stands twice in the file',
  ])
  expect(result.added).toBe(1)
})

test('entries without classification or owner are refused until somebody names them', () => {
  const value = { Buckets: [{ Name: 'payroll' }] }
  const bare = imported(value, { as: 'sensitive_buckets' })
  expect(bare.refused[0]?.message).toContain('has no "classification"')
  const named = imported(value, {
    as: 'sensitive_buckets',
    fill: { classification: 'internal', data_owner: 'o' },
  })
  expect(named.rows).toMatchObject([{ name: 'payroll', classification: 'internal', data_owner: 'o' }])
})

test('what a spreadsheet would run is not written into CSV', () => {
  const value = { Images: [{ ImageId: 'ami-1', Name: '=HYPERLINK("https://example.com")' }] }
  const csv = imported(value, { file: 'images.csv', existing: 'id,name\n' })
  expect(csv.refused[0]?.message).toContain('formula')
  expect(imported(value).rows).toMatchObject([{ name: '=HYPERLINK("https://example.com")' }])
})

const SNAPSHOT = {
  configSnapshotId: 's-1',
  configurationItems: [
    {
      resourceType: 'AWS::S3::Bucket',
      resourceId: 'payroll',
      awsAccountId: '111122223333',
      awsRegion: 'eu-west-1',
      tags: { classification: 'Restricted', owner: 'hr@example.com' },
    },
    { resourceType: 'AWS::S3::Bucket', resourceId: 'scratch', awsAccountId: '111122223333', tags: {} },
    {
      resourceType: 'AWS::S3::Bucket',
      resourceId: 'gone',
      configurationItemStatus: 'ResourceDeleted',
    },
    {
      resourceType: 'AWS::EC2::VPCEndpoint',
      resourceId: 'vpce-0a1',
      awsAccountId: '111122223333',
      configuration: { vpcId: 'vpc-1', serviceName: 'com.amazonaws.eu-west-1.s3' },
    },
    {
      resourceType: 'AWS::EC2::NatGateway',
      resourceId: 'nat-1',
      awsAccountId: '111122223333',
      tags: { Name: 'egress' },
      configuration: '{"natGatewayAddresses":[{"publicIp":"198.51.100.7","privateIp":"10.0.0.9"}]}',
    },
    {
      resourceType: 'AWS::EC2::EIP',
      resourceId: 'eipalloc-1',
      awsAccountId: '111122223333',
      configuration: { publicIp: '198.51.100.7' },
    },
    {
      resourceType: 'AWS::EC2::VPC',
      resourceId: 'vpc-1',
      configuration: {
        cidrBlock: '10.0.0.0/16',
        ipv6CidrBlockAssociationSet: [{ ipv6CidrBlock: '2001:db8:1::/56' }],
      },
    },
    { resourceType: 'AWS::IAM::Role', resourceId: 'AROA1' },
  ],
}

test('a snapshot of AWS Config fills each table that it speaks of, and refuses nothing for what it does not', () => {
  const all = recognised(JSON.stringify(SNAPSHOT))
  expect(typeof all === 'string' ? all : all.map(({ table }) => table.name)).toEqual([
    'sensitive_buckets',
    'owned_buckets',
    'vpc_endpoints',
    'owned_networks',
  ])
  const rows = (as: string) => {
    const { refused, rows: made } = imported(SNAPSHOT, { as })
    return [refused.map(({ message }) => message), made] as const
  }
  expect(imported(SNAPSHOT).rows).toMatchObject([
    { name: 'payroll', classification: 'restricted', data_owner: 'hr@example.com', account: '111122223333' },
  ])
  expect(rows('owned_buckets')).toMatchObject([
    [],
    [{ name: 'payroll', region: 'eu-west-1' }, { name: 'scratch' }],
  ])
  expect(rows('vpc_endpoints')).toMatchObject([
    [],
    [{ id: 'vpce-0a1', vpc: 'vpc-1', service: 'com.amazonaws.eu-west-1.s3', account: '111122223333' }],
  ])
  expect(rows('owned_networks')).toMatchObject([
    [],
    [
      { cidr: '198.51.100.7/32', name: 'egress', use: 'nat', accounts: '111122223333' },
      { cidr: '2001:db8:1::/56', name: 'vpc-1', use: 'cloud' },
    ],
  ])
})

test('buckets that are asked for as sensitive are all taken, and need their classification', () => {
  const { refused } = imported(SNAPSHOT, { as: 'sensitive_buckets', fill: { data_owner: 'o' } })
  expect(refused.map(({ message }) => message)).toEqual([
    'a row of sensitive_buckets has no "classification"',
  ])
})

test("Macie's findings on data make a bucket sensitive by the data that matters most; those on settings do not", () => {
  const finding = (name: string, type: string, ...categories: readonly string[]) => ({
    type,
    accountId: '111122223333',
    resourcesAffected: {
      s3Bucket: { name, tags: name === 'payroll' ? [{ key: 'owner', value: 'hr@example.com' }] : [] },
    },
    classificationDetails: { result: { sensitiveData: categories.map(category => ({ category })) } },
  })
  const findings = [
    finding('payroll', 'SensitiveData:S3Object/Credentials', 'CREDENTIALS'),
    finding('payroll', 'SensitiveData:S3Object/Multiple', 'CUSTOM_IDENTIFIER', 'PERSONAL_INFORMATION'),
    finding('keys', 'SensitiveData:S3Object/Credentials', 'CREDENTIALS'),
    finding('open', 'Policy:IAMUser/S3BucketPublic'),
  ]
  const { rows, refused } = imported({ findings }, { fill: { data_owner: 'security@example.com' } })
  expect(refused).toEqual([])
  expect(rows).toMatchObject([
    { name: 'payroll', classification: 'regulated', data_owner: 'hr@example.com', account: '111122223333' },
    { name: 'keys', classification: 'restricted', data_owner: 'security@example.com' },
  ])
  const sent = { 'detail-type': 'Macie Finding', detail: findings[2] }
  expect(imported(sent, { fill: { data_owner: 'o' } }).rows).toMatchObject([{ name: 'keys' }])
})

test('findings that come one a line, alone or in events, are one list', () => {
  const finding = (name: string) => ({
    type: 'SensitiveData:S3Object/Personal',
    accountId: '111122223333',
    resourcesAffected: { s3Bucket: { name } },
  })
  const fill = { data_owner: 'o' }
  const lines = [finding('payroll'), { source: 'aws.macie', detail: finding('hr') }]
  const { rows } = imported(lines.map(line => `${JSON.stringify(line)}\n`).join(''), { fill })
  expect(rows.map(row => row['name'])).toEqual(['payroll', 'hr'])
})

test("Macie's score above 50 says that sensitive data was found", () => {
  const buckets = [
    { bucketName: 'payroll', sensitivityScore: 83 },
    { bucketName: 'new', sensitivityScore: 50 },
  ]
  const { rows, refused } = imported({ buckets }, { fill: { data_owner: 'o' } })
  expect(rows).toMatchObject([{ name: 'payroll', classification: 'confidential' }])
  expect(refused).toHaveLength(1)
})
