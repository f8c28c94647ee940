// A client that knows nothing of the platform but its topics and its registry.
//   node client.js check   KAFKA REGISTRY ID   reads the request ID and its answer, then asks and awaits an answer
//   node client.js publish KAFKA REGISTRY ID   publishes the request ID
import avro from '@kafkajs/confluent-schema-registry'
import kafkajs from 'kafkajs'

const { Kafka, Partitioners, logLevel } = kafkajs
const { SchemaRegistry } = avro
const REQUESTS = 'tool.request.v1'
const RESPONSES = 'tool.response.v1'
const PATIENCE_MS = 30_000

const [mode, brokers, registryUrl, id] = process.argv.slice(2)
const kafka = new Kafka({ clientId: 'interop-check', brokers: brokers.split(','), logLevel: logLevel.ERROR })
const registry = new SchemaRegistry({ host: registryUrl })

/** Collects the decoded records of the ids of this check, by topic and key. */
class Seen {
  #records = new Map()
  #waiting = new Map()
  #consumer = kafka.consumer({ groupId: `interop-check-node-${id}` })

  async start() {
    await this.#consumer.connect()
    await this.#consumer.subscribe({ topics: [REQUESTS, RESPONSES], fromBeginning: true })
    await this.#consumer.run({
      eachMessage: async ({ topic, message }) => {
        const key = message.key?.toString() ?? ''
        if (!key.startsWith(id)) return
        const headers = Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, `${value}`]))
        const record = { headers, value: await registry.decode(message.value) }
        this.#records.set(`${topic} ${key}`, record)
        this.#waiting.get(`${topic} ${key}`)?.(record)
      },
    })
  }

  get(topic, key) {
    const known = this.#records.get(`${topic} ${key}`)
    if (known) return known
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`no record ${key} on ${topic} within ${PATIENCE_MS} ms`)), PATIENCE_MS)
      this.#waiting.set(`${topic} ${key}`, record => { clearTimeout(late); resolve(record) })
    })
  }

  stop() {
    return this.#consumer.disconnect()
  }
}

async function publish(requestId) {
  const schemaId = await registry.getLatestSchemaId(`${REQUESTS}-value`)
  const value = await registry.encode(schemaId, {
    meta: { id: requestId, schemaName: REQUESTS },
    requestId,
    tool: 'check-echo',
    input: JSON.stringify({ said: `Grüße ${requestId}` }),
    requestedBy: 'node',
  })
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  await producer.send({ topic: REQUESTS, acks: -1, messages: [{ key: requestId, value }] })
  await producer.disconnect()
}

function same(came, expected) {
  if (came !== expected) throw new Error(`expected ${expected}, got ${came}`)
}

async function test(what, body) {
  try {
    await body()
    console.log(`ok ${what}`)
  } catch (error) {
    console.log(`not ok ${what}: ${error.message}`)
  }
}

async function check() {
  const seen = new Seen()
  await seen.start()
  await test('Node decodes a request that the platform published', async () => {
    const { value } = await seen.get(REQUESTS, id)
    same(value.requestId, id)
    same(value.meta.schemaName, REQUESTS)
    same(JSON.parse(value.input).said, `Grüße ${id}`)
  })
  await test('Node decodes an answer that the bus published', async () => {
    const { value } = await seen.get(RESPONSES, id)
    same(value.requestId, id)
    same(value.status, 'SUCCESS')
    same(JSON.parse(value.output).said, `Grüße ${id}`)
  })
  await test('Node reads the headers origin, seq and traceparent of the bus', async () => {
    const { headers, value } = await seen.get(RESPONSES, id)
    same(headers.origin, value.runner)
    same(/^[0-9]+$/.test(headers.seq), true)
    same(/^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/.test(headers.traceparent), true)
  })
  const asked = `${id}-node`
  await test('Node publishes a request, a receiver on the bus answers it', async () => {
    await publish(asked)
    const { headers, value } = await seen.get(RESPONSES, asked)
    same(value.requestId, asked)
    same(value.awaitKey, asked)
    same(JSON.parse(value.output).said, `Grüße ${asked}`)
    same(value.lane, 'LOG')
    same(headers.origin, value.runner)
  })
  await seen.stop()
}

await (mode === 'publish' ? publish(id) : check())
