package io.breadcrumbs.engine.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.engine.memory.Memory;
import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.wire.UndecodableException;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.journal.JournalReader;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.workflow.run.Event;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** However far the log has lost what was deleted, who reads it from the beginning comes to the same. */
class CompactionTest {

    private static final int SEEDS = 400;

    private final Random random = new Random(7);
    private int deleted;

    @Test
    void shouldReadTheSameFromAJournalThatHasLostWhatWasDeleted() {
        for (int seed = 0; seed < SEEDS; seed++) {
            EngineSimulation simulation = new EngineSimulation(seed);
            assertThat(simulation.run()).as("seed %d", seed).isEmpty();
            for (Partition partition : simulation.cluster.written()) {
                if (partition.topic().equals(Catalogue.WORKFLOW_EVENT.name())) {
                    List<Fetched> log = simulation.cluster.records(partition);
                    check(simulation, partition, compacted(log, random.nextInt(log.size() + 1), 0), true);
                    int read = random.nextInt(log.size() + 1);
                    int to = read + random.nextInt(log.size() - read + 1);
                    check(simulation, partition, compacted(log, to, read), false);
                }
            }
            assertThat(simulation.violations).as("seed %d", seed).isEmpty();
        }
        assertThat(deleted).as("deleted runs that were seen").isGreaterThan(SEEDS / 4);
    }

    /**
     * What a reader sees whom the log's cleaner overtakes: the first records as they were, those up to another place
     * without those that newer ones have replaced.
     */
    private List<Fetched> compacted(List<Fetched> log, int to, int read) {
        Map<String, Long> newest = new HashMap<>();
        log.subList(0, to).forEach(one -> newest.put(key(one), one.offset()));
        boolean tombstonesGo = read == 0 && random.nextBoolean();
        List<Fetched> left = new ArrayList<>();
        for (Fetched one : log) {
            boolean cleaned = one.offset() >= read && one.offset() < to;
            boolean replaced = cleaned && newest.getOrDefault(key(one), -1L) > one.offset();
            if (!replaced && !(cleaned && tombstonesGo && one.record().value() == null)) {
                left.add(one);
            }
        }
        return left;
    }

    private static String key(Fetched one) {
        return new String(Objects.requireNonNull(one.record().key()), StandardCharsets.UTF_8);
    }

    private void check(EngineSimulation simulation, Partition partition, List<Fetched> log, boolean whole) {
        Memory memory = new Memory(new MemoryRows(), EngineSimulation.WIRE);
        Set<String> kept = new TreeSet<>();
        Set<String> marked = new HashSet<>();
        JournalReader reader = new JournalReader(_ -> true, new JournalReader.Listener() {
            @Override
            public void decided(Journal.Batch batch, WorkflowEvent record, Position position) {
                for (Entry entry : batch.entries()) {
                    if (entry.event() instanceof Event.Started) {
                        kept.add(batch.runId());
                    }
                }
            }

            @Override
            public void deleted(String runId) {
                kept.remove(runId);
                marked.add(runId);
            }
        });
        for (Fetched one : log) {
            byte[] value = one.record().value();
            WorkflowEvent event = value == null ? null : decode(value);
            if (value == null || event == null) {
                memory.removed(Objects.requireNonNull(one.record().key()), one.offset());
            } else {
                memory.journal(event, one.offset(), value);
            }
            reader.read(
                    new Breadcrumb<>(
                            Catalogue.WORKFLOW_EVENT,
                            partition,
                            key(one),
                            event,
                            one.record().headers()),
                    one.position(),
                    Lane.LOG);
        }

        simulation.reference.compare(memory, partition.number());
        assertThat(kept)
                .as(simulation::story)
                .containsExactlyInAnyOrderElementsOf(simulation.reference.keptIn(partition.number()));
        List<String> gone = simulation.reference.deletedIn(partition.number());
        deleted += gone.size();
        if (whole) {
            assertThat(marked).containsAll(gone);
            assertThat(gone).allMatch(memory::deleted);
        }
    }

    private static WorkflowEvent decode(byte[] value) {
        try {
            return EngineSimulation.WIRE.decode(Catalogue.WORKFLOW_EVENT, value);
        } catch (UndecodableException e) {
            throw new AssertionError("a record of the simulation cannot be read", e);
        }
    }
}
