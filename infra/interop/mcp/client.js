// The official MCP client against a platform.
//   node client.js http|stdio VERSION URL CRUMB...   CRUMB... is the command line of crumb; VERSION of the protocol
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { execFileSync } from 'node:child_process'

const PATIENCE_MS = 30_000
const [way, version, url, ...crumb] = process.argv.slice(2)
const stateless = version === '2026-07-28'
const name = `check-${way}-${version}`

let changed = () => {}
const client = new Client(
  { name, version: '1' },
  {
    versionNegotiation: stateless ? { mode: { pin: version } } : { mode: 'legacy' },
    listChanged: { tools: { onChanged: (_error, tools) => changed(tools) } },
  },
)

function same(came, expected) {
  if (came !== expected) throw new Error(`expected ${expected}, got ${came}`)
}

function holds(what, isSo) {
  if (!isSo) throw new Error(`expected ${what}`)
}

async function test(what, body) {
  try {
    await body()
    console.log(`ok ${way} ${version}: ${what}`)
  } catch (error) {
    console.log(`not ok ${way} ${version}: ${what}: ${error.message}`)
  }
}

function within(promise, what) {
  let late
  const timer = new Promise((_, reject) => {
    late = setTimeout(() => reject(new Error(`${what} within ${PATIENCE_MS} ms`)), PATIENCE_MS)
  })
  return Promise.race([promise, timer]).finally(() => clearTimeout(late))
}

const workflow = { steps: [{ id: 'a', tool: 'calculate', input: { expression: '{input.what}' } }] }

await client.connect(
  way === 'http'
    ? new StreamableHTTPClientTransport(new URL(`${url}/mcp`))
    : new StdioClientTransport({ command: crumb[0], args: [...crumb.slice(1), 'mcp', '--url', url] }),
)

await test('speaks the version that was asked for', async () => {
  same(client.getNegotiatedProtocolVersion(), version)
  same(client.getServerVersion()?.name, 'breadcrumbs')
})
await test('lists tools with their schemas, twice the same', async () => {
  const { tools } = await client.listTools()
  same(tools[0].name, 'invoke')
  same(tools.find(tool => tool.name === 'timer').inputSchema.type, 'object')
  same(JSON.stringify((await client.listTools()).tools), JSON.stringify(tools))
})
await test('calls a tool, with structured output', async () => {
  const result = await client.callTool({ name: 'calculate', arguments: { expression: '6 * 7' } })
  holds(`42 in ${JSON.stringify(result)}`, JSON.stringify(result.structuredContent).includes('42'))
})
await test('is told that a tool failed by its result', async () => {
  const result = await client.callTool({ name: 'timer', arguments: {} })
  same(result.isError, true)
  holds(`the field in ${result.content[0].text}`, result.content[0].text.includes('seconds'))
})
await test('hears of progress', async () => {
  const heard = []
  await client.callTool({ name: 'timer', arguments: { seconds: 6 } }, { onprogress: progress => heard.push(progress) })
  holds(`progress above 0, got ${JSON.stringify(heard)}`, heard.length > 0 && heard[0].progress > 0)
})
await test('cancels a call', async () => {
  const stop = new AbortController()
  const call = client.callTool({ name: 'timer', arguments: { seconds: 55 } }, { signal: stop.signal, timeout: 60_000 })
  setTimeout(() => stop.abort('not wanted any more'), 1_000)
  let answered = false
  await within(call.then(() => { answered = true }, () => {}), 'the call did not end')
  same(answered, false)
})
await test('starts a run and asks for its state until it is over', async () => {
  const started = await client.callTool({ name: 'invoke_async', arguments: { workflow, input: { what: '6 * 7' } } })
  const { threadId } = started.structuredContent
  let state = {}
  for (const until = Date.now() + PATIENCE_MS; state.status !== 'completed' && Date.now() < until;) {
    state = (await client.callTool({ name: 'invoke_status', arguments: { threadId } })).structuredContent
  }
  same(state.status, 'completed')
  const { contents } = await client.readResource({ uri: `run://${threadId}/history` })
  holds('events in the history', JSON.parse(contents[0].text).items.length > 2)
})
await test('reads a breadcrumb that is listed', async () => {
  const made = await client.callTool({ name: 'breadcrumb_create', arguments: { schema_name: 'check.v1', title: name } })
  same(made.isError ?? false, false)
  const { resources } = await client.listResources()
  const listed = resources.find(resource => resource.title === name)
  const { contents } = await client.readResource({ uri: listed.uri })
  same(JSON.parse(contents[0].text).title, name)
  same((await client.listResourceTemplates()).resourceTemplates.length, 2)
})
await test('is told of a new tool, and calls it', async () => {
  const told = new Promise(resolve => {
    changed = tools => { if (tools?.some(tool => tool.name === name)) resolve() }
  })
  const tool = { name, kind: 'SCRIPT', source: JSON.stringify({ code: 'function execute() { return { new: true } }' }) }
  execFileSync(crumb[0], [...crumb.slice(1), 'publish', '-', '--url', url], {
    input: JSON.stringify({ topic: 'tool.v1', key: `${name} / 1`, value: tool }),
    stdio: ['pipe', 'ignore', 'inherit'],
  })
  await within(told, 'nobody told of the new tool')
  same((await client.callTool({ name, arguments: {} })).content[0].text, '{"new":true}')
})
await client.close()
process.exit(0)
