// A browser against a platform: EventSource over connections that break, and the page that documents the routes.
//   node browser.js CHROMIUM URL [FOLDER]   FOLDER is where screenshots go
import net from 'node:net'
import path from 'node:path'
import { chromium } from 'playwright-core'

const PATIENCE_MS = 60_000
const STEPS = 12
const [executablePath, url, screenshots] = process.argv.slice(2)
const door = new URL(url)

function holds(what, isSo) {
  if (!isSo) throw new Error(`expected ${what}`)
}

async function test(what, body) {
  try {
    await body()
    console.log(`ok browser: ${what}`)
  } catch (error) {
    console.log(`not ok browser: ${what}: ${error.message}`)
  }
}

/** Hands bytes on to the door; breaks every connection when told to. */
class Wire {
  sockets = new Set()
  broken = 0

  async open() {
    this.server = net.createServer((client) => {
      const there = net.connect(Number(door.port), door.hostname)
      for (const [one, other] of [[client, there], [there, client]]) {
        this.sockets.add(one)
        one.pipe(other)
        one.on('error', () => other.destroy())
        one.on('close', () => {
          this.sockets.delete(one)
          other.destroy()
        })
      }
    })
    await new Promise((opened) => this.server.listen(0, '127.0.0.1', opened))
    return `http://127.0.0.1:${this.server.address().port}`
  }

  break() {
    this.broken++
    for (const socket of [...this.sockets]) socket.destroy()
  }

  close() {
    this.break()
    this.server.close()
  }
}

async function json(address, body) {
  const answer = await fetch(address, {
    method: body ? 'POST' : 'GET',
    headers: { 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}

/** Runs in the page: all events of a stream until one of these, by an EventSource that reconnects by itself. */
function events([address, until, patienceMs]) {
  return new Promise((resolve, reject) => {
    const names = ['connected', 'step_start', 'step_complete', 'step_failed', 'workflow_complete', 'workflow_failed', 'created']
    const seen = { opened: 0, events: [] }
    const source = new EventSource(address)
    const late = setTimeout(() => reject(new Error('not within patience: ' + JSON.stringify(seen))), patienceMs)
    source.onopen = () => seen.opened++
    globalThis.seen = seen
    for (const name of names) {
      source.addEventListener(name, (event) => {
        seen.events.push({ name, id: event.lastEventId, data: JSON.parse(event.data) })
        if (name === until) {
          clearTimeout(late)
          source.close()
          resolve(seen)
        }
      })
    }
  })
}

const wire = new Wire()
const through = await wire.open()
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
})
try {
  const page = await browser.newPage()
  const complaints = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))

  await test('the page of the routes loads and shows them', async () => {
    await page.goto(`${through}/docs`, { waitUntil: 'load' })
    const sections = page.locator('.opblock-tag')
    await sections.first().waitFor({ timeout: PATIENCE_MS })
    for (const section of await sections.all()) await section.click()
    await page.locator('[data-path="/api/invoke/async"]').first().waitFor({ timeout: PATIENCE_MS })
    if (screenshots) await page.screenshot({ path: path.join(screenshots, 'docs.png') })
    holds(`no errors in the console, got ${complaints}`, complaints.length === 0)
  })

  await test('the page tries a route', async () => {
    await page.locator('[data-path="/health"]').first().click()
    await page.locator('.opblock.is-open button.execute').first().click()
    const answer = page.locator('.live-responses-table .response-col_status').first()
    await answer.waitFor({ timeout: PATIENCE_MS })
    await page.locator('.live-responses-table').first().scrollIntoViewIfNeeded()
    if (screenshots) await page.screenshot({ path: path.join(screenshots, 'docs-tried.png') })
    holds('200', (await page.locator('.live-responses-table').first().innerText()).includes('200'))
  })

  await test('EventSource sees each event once though its connection breaks', async () => {
    const steps = Array.from({ length: STEPS }, (_, i) => ({
      id: `s${i}`, tool: 'timer', input: { seconds: 0.4 }, ...(i ? { deps: [`s${i - 1}`] } : {}),
    }))
    const { threadId } = await json(`${url}/api/invoke/async`, { steps })
    const breaking = setInterval(() => wire.broken < 2 && wire.break(), 1_500)
    const seen = await page.evaluate(events, [`${through}/api/invoke/stream/${threadId}`, 'workflow_complete', PATIENCE_MS])
    clearInterval(breaking)
    const told = seen.events.filter((event) => event.name !== 'connected')
    const ids = told.map((event) => Number(event.id))
    holds(`two breaks, got ${wire.broken}`, wire.broken === 2)
    holds(`a new connection after each break, got ${seen.opened}`, seen.opened === 3)
    holds(`ids that rise, got ${ids}`, ids.every((id, i) => i === 0 || id > ids[i - 1]))
    for (const name of ['step_start', 'step_complete']) {
      const of = told.filter((event) => event.name === name).map((event) => event.data.stepId)
      holds(`${name} of each step once, got ${of}`, of.join() === steps.map((step) => step.id).join())
    }
  })

  await test('EventSource watches breadcrumbs', async () => {
    const watching = page.evaluate(events, [`${through}/events/stream?any_tag=door-check`, 'created', PATIENCE_MS])
    watching.catch(() => {}) // reported where it is awaited
    await page.waitForFunction(() => globalThis.seen?.opened > 0, null, { timeout: PATIENCE_MS })
    await json(`${url}/breadcrumbs`, { schema_name: 'note.v1', title: 'not this one', tags: ['other'], context: {} })
    const made = await json(`${url}/breadcrumbs`, { schema_name: 'note.v1', title: 'seen', tags: ['door-check'], context: {} })
    const seen = await watching
    const last = JSON.stringify(seen.events.at(-1))
    holds(`${made.id} in ${last}`, last.includes(made.id))
  })
} finally {
  await browser.close()
  wire.close()
}
