package io.breadcrumbs.engine.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.engine.memory.Memory;
import io.breadcrumbs.engine.memory.Rows;
import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.wire.UndecodableException;
import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Restart after every step: whoever begins again has the same rows as who never stopped, byte by byte. */
class RestartTest {

    private static final int PARTITIONS = 2;
    private static final List<String> JOURNAL_FIRST =
            List.of(Catalogue.WORKFLOW_EVENT.name(), Catalogue.WORKFLOW_COMMAND.name(), Catalogue.TOOL_RESPONSE.name());

    private final Random random = new Random(11);
    private int steps;

    @Test
    void shouldGoOnWithTheSameRowsAfterEveryRecord() {
        for (int seed = 0; seed < 60; seed++) {
            for (List<Fetched> log : logs(seed)) {
                assertThat(parting(log, UnaryOperator.identity()))
                        .as("record of seed %d at which the rows part", seed)
                        .isEqualTo(log.size());
            }
        }
        assertThat(steps).as("records that were read").isGreaterThan(3_000);
    }

    @Test
    void shouldNoticeRowsThatAreMissingAfterARestart() {
        List<Fetched> log = logs(1).getFirst();

        assertThat(parting(log, Mutation.NO_INBOX::of)).isLessThan(log.size());
    }

    /** The journal is read first then, so that deleted runs have ended before what was asked of them comes by. */
    @Test
    void shouldMakeTheSameRowsAnewFromTheLogAfterEveryRecord() {
        for (int seed = 100; seed < 112; seed++) {
            for (List<Fetched> log : logs(seed)) {
                MemoryRows rows = new MemoryRows();
                Memory memory = new Memory(rows, EngineSimulation.WIRE);
                for (int read = 1; read <= log.size(); read++) {
                    tell(memory, log.get(read - 1));
                    MemoryRows anew = anew(log.subList(0, read));
                    assertThat(withoutInboxOfDeleted(anew).differences(withoutInboxOfDeleted(rows)))
                            .as("seed %d, after record %d", seed, read)
                            .isEmpty();
                }
            }
        }
    }

    /** However long a run is, what an event changes is written, and nothing else again. */
    @Test
    void shouldWriteLittleMoreThanTheRecordItself() {
        for (int seed = 0; seed < 20; seed++) {
            for (List<Fetched> log : logs(seed)) {
                Written written = new Written(new MemoryRows(), new long[1]);
                Memory memory = new Memory(written, EngineSimulation.WIRE);
                for (Fetched one : log) {
                    checkWritten(written, one.record().sizeBytes(), one.position(), () -> tell(memory, one));
                }
            }
        }
    }

    @Test
    void shouldWriteNoMoreInALongRunThanInAShortOne() {
        Written written = new Written(new MemoryRows(), new long[1]);
        Memory memory = new Memory(written, EngineSimulation.WIRE);
        List<WorkflowEvent> journal = chain(2_000);
        for (int offset = 0; offset < journal.size(); offset++) {
            WorkflowEvent record = journal.get(offset);
            byte[] bytes = EngineSimulation.WIRE.encode(Catalogue.WORKFLOW_EVENT, record);
            int at = offset;
            checkWritten(written, bytes.length, offset, () -> memory.journal(record, at, bytes));
        }
        assertThat(memory.batches("long")).hasSize(journal.size() - 1);
    }

    private static void checkWritten(Written written, long recordBytes, Object position, Runnable tell) {
        written.bytes()[0] = 0;
        tell.run();
        assertThat(written.bytes()[0]).as("bytes written for %s", position).isLessThan(recordBytes + 400);
    }

    /** The journal of a run whose steps wait for each other. */
    private static List<WorkflowEvent> chain(int steps) {
        List<WorkflowEvent> journal = new ArrayList<>();
        journal.add(Journal.takeover("takeover", "engine", Instant.EPOCH));
        long sequence = 0;
        for (int step = 0; step < steps; step++) {
            List<Entry> entries = new ArrayList<>();
            if (step > 0) {
                Event done = new Event.Completed(Place.of("s" + (step - 1)), 1, Value.of("{\"n\":1}"), null);
                entries.add(new Entry(done, 0, null));
            }
            Event.Request request = new Event.Request(
                    "long/s" + step + "/1/0", "pure", null, "default", true, false, Value.of("{}"), 0);
            Entry.Destination to = new Entry.Destination(Catalogue.TOOL_REQUEST.name(), 0);
            entries.add(new Entry(new Event.Asked(Place.of("s" + step), 1, request), 0, to));
            Journal.Batch batch =
                    new Journal.Batch("long", "default", 0, sequence, "answer/" + step, -1, step, entries);
            journal.add(Journal.record(batch, "engine", Instant.EPOCH));
            sequence += entries.size();
        }
        return journal;
    }

    /** Rows that count what is written to them. */
    @SuppressWarnings("ArrayRecordComponent") // a counter
    private record Written(Rows rows, long[] bytes) implements Rows {

        @Override
        public byte @Nullable [] get(byte[] key) {
            return rows.get(key);
        }

        @Override
        public void put(byte[] key, byte[] value) {
            bytes[0] += key.length + value.length;
            rows.put(key, value);
        }

        @Override
        public void delete(byte[] key) {
            rows.delete(key);
        }

        @Override
        public void scanWhile(byte[] prefix, BiPredicate<byte[], byte[]> each) {
            rows.scanWhile(prefix, each);
        }
    }

    /** How many records are read until the rows of one memory and of one a record are not the same any more. */
    private int parting(List<Fetched> log, UnaryOperator<Rows> kept) {
        MemoryRows rows = new MemoryRows();
        MemoryRows stored = new MemoryRows();
        Memory memory = new Memory(rows, EngineSimulation.WIRE);
        for (int i = 0; i < log.size(); i++) {
            tell(memory, log.get(i));
            stored = stored.copy();
            tell(new Memory(kept.apply(stored), EngineSimulation.WIRE), log.get(i));
            steps++;
            if (!stored.differences(rows).isEmpty()) {
                return i;
            }
        }
        return log.size();
    }

    private static MemoryRows anew(List<Fetched> log) {
        MemoryRows rows = new MemoryRows();
        Memory memory = new Memory(rows, EngineSimulation.WIRE);
        for (String topic : JOURNAL_FIRST) {
            log.stream().filter(one -> one.partition().topic().equals(topic)).forEach(one -> tell(memory, one));
        }
        return rows;
    }

    private static MemoryRows withoutInboxOfDeleted(MemoryRows rows) {
        MemoryRows rest = rows.copy();
        Memory memory = new Memory(rows, EngineSimulation.WIRE);
        memory.inbox().stream()
                .filter(message -> memory.deleted(message.runId()))
                .forEach(message -> rest.deleteAll("i" + message.runId() + "\0"));
        return rest;
    }

    /** What the engine reads of each partition, each topic in its order, mixed as it may come. */
    private List<List<Fetched>> logs(long seed) {
        EngineSimulation simulation = new EngineSimulation(seed);
        assertThat(simulation.run()).as("seed %d", seed).isEmpty();
        List<List<Fetched>> logs = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            List<List<Fetched>> topics = new ArrayList<>();
            for (String topic : JOURNAL_FIRST) {
                topics.add(new ArrayList<>(simulation.cluster.records(new Partition(topic, partition))));
            }
            topics.removeIf(List::isEmpty);
            List<Fetched> mixed = new ArrayList<>();
            while (!topics.isEmpty()) {
                List<Fetched> next = topics.get(random.nextInt(topics.size()));
                mixed.add(next.removeFirst());
                topics.removeIf(List::isEmpty);
            }
            logs.add(mixed);
        }
        return logs;
    }

    private static void tell(Memory memory, Fetched one) {
        byte[] value = one.record().value();
        if (value == null) {
            memory.removed(Objects.requireNonNull(one.record().key()), one.offset());
            return;
        }
        String trace = one.record().headers().trace();
        String topic = one.partition().topic();
        try {
            if (topic.equals(Catalogue.WORKFLOW_EVENT.name())) {
                memory.journal(EngineSimulation.WIRE.decode(Catalogue.WORKFLOW_EVENT, value), one.offset(), value);
            } else if (topic.equals(Catalogue.WORKFLOW_COMMAND.name())) {
                memory.command(
                        EngineSimulation.WIRE.decode(Catalogue.WORKFLOW_COMMAND, value), one.offset(), value, trace);
            } else {
                memory.answer(EngineSimulation.WIRE.decode(Catalogue.TOOL_RESPONSE, value), one.offset(), value, trace);
            }
        } catch (UndecodableException e) {
            throw new AssertionError("a record of the simulation cannot be read", e);
        }
    }
}
