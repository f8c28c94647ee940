package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.sdk.Answers;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Group;
import io.breadcrumbs.sdk.Receiver;
import io.breadcrumbs.sdk.bus.Intake.Taken;
import io.breadcrumbs.sdk.log.Commit;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.GroupMember;
import io.breadcrumbs.sdk.log.GroupReader;
import io.breadcrumbs.sdk.log.Partition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log for one subscription, offers what its ledgers do not know, and commits what they say is done.
 *
 * <p>It never waits for a receiver: a record that finds no room goes to the share's backlog, the partition is paused,
 * and each step offers the backlog first. Shares belong to the thread that steps; publishers only look ledgers up.
 */
final class GroupLoop<V extends SpecificRecord> implements Loop, GroupMember {

    /** While something waits for room, how long a poll may keep it waiting. */
    private static final Duration SOON = Duration.ofMillis(2);

    /** Makes the ledger of a partition. */
    interface Ledgers {
        <V extends SpecificRecord> Ledger<V> make(
                Partition partition, @Nullable Commit commit, int openAtMost, Runnable changed);
    }

    private final Parts parts;
    private final Group<V> group;
    private final Receiver<V> receiver;
    private final Ledgers ledgers;
    private final Intake intake;
    private final Map<String, Topic<V>> topics = new HashMap<>();
    private final Map<Partition, Share<V>> shares = new ConcurrentHashMap<>();
    private final GroupReader reader;
    private final @Nullable FormerAnswers<V, ?> former;
    private final Depth depth;
    /** What was polled and not taken yet: empty after a step, unless a receiver threw. */
    private final Deque<Fetched> polled = new ArrayDeque<>();

    private volatile boolean stalled;
    private volatile @Nullable Draining<V> draining;
    private Instant committedAt;
    private int turn;

    GroupLoop(Parts parts, Group<V> group, Receiver<V> receiver, Ledgers ledgers, Intake intake) {
        this.parts = parts;
        this.group = group;
        this.receiver = receiver;
        this.ledgers = ledgers;
        this.intake = intake;
        group.topics().forEach(topic -> topics.put(topic.name(), topic));
        Answers<V, ?> answers = group.answers();
        former = answers == null ? null : new FormerAnswers<>(parts, answers, this::wake);
        committedAt = parts.time().now();
        reader = parts.log().join(group.name(), topics.keySet(), this);
        depth = new Depth(parts, reader);
    }

    /** The ledger of a partition; null if this instance does not own it. From any thread. */
    @Nullable
    Ledger<V> ledger(Partition partition) {
        Share<V> share = shares.get(partition);
        return share == null ? null : share.ledger;
    }

    /** This instance appended something: perhaps an answer. From any thread. */
    void acknowledged(Partition partition, long offset) {
        if (former != null) {
            former.acknowledged(partition, offset);
        }
    }

    /** A publisher's record found no room: if its copy came by already, the next step offers it. From any thread. */
    void refused() {
        stalled = true;
    }

    Receiver<V> receiver() {
        return receiver;
    }

    Group<V> group() {
        return group;
    }

    /** The partitions whose eager lane is open. From any thread. */
    Set<Partition> owned() {
        return shares.entrySet().stream()
                .filter(share -> share.getValue().ledger.laneIsOpen())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** How many records of its partitions have not been taken, as of a moment ago. From any thread. */
    long queued() {
        return depth.records();
    }

    int open() {
        return shares.values().stream().mapToInt(share -> share.ledger.open()).sum();
    }

    @Override
    public boolean step(Duration atMost) {
        if (former != null) {
            former.step(shares.values());
        }
        boolean waiting = false;
        for (Share<V> share : inTurn()) {
            offerBacklog(share);
            waiting |= !share.backlog.isEmpty();
        }
        stalled = waiting;
        boolean copies = !waiting;
        polled.addAll(reader.poll(waiting && SOON.compareTo(atMost) < 0 ? SOON : atMost));
        copies &= !polled.isEmpty();
        for (Fetched fetched = polled.poll(); fetched != null; fetched = polled.poll()) {
            copies = !take(fetched) && copies;
        }
        shares.forEach(this::tend);
        depth.look(shares);
        commit();
        return copies;
    }

    /** The shares, each time another one first: where there is little room, no partition has it all. */
    private Collection<Share<V>> inTurn() {
        if (!stalled) {
            return shares.values();
        }
        List<Share<V>> all = new ArrayList<>(shares.values());
        Collections.rotate(all, ++turn);
        return all;
    }

    /** Takes a record from the log; false if it is known, or none of ours. */
    private boolean take(Fetched fetched) {
        Share<V> share = shares.get(fetched.partition());
        if (share == null) {
            return false; // revoked since it was fetched
        }
        long seq = fetched.record().headers().of(parts.instance())
                ? fetched.record().headers().seq()
                : -1;
        if (!share.ledger.fetched(fetched.offset(), seq)) {
            return false;
        }
        Share.Waiting<V> waiting = new Share.Waiting<>(fetched, null);
        share.backlog.put(fetched.offset(), waiting);
        if (share.backlog.size() == 1 && offer(share, fetched.offset(), waiting)) {
            share.backlog.remove(fetched.offset());
        }
        return true;
    }

    private void offerBacklog(Share<V> share) {
        for (Entry<V> entry : share.ledger.takeStranded()) {
            share.backlog.put(entry.offset, new Share.Waiting<>(null, entry.breadcrumb()));
        }
        while (!share.backlog.isEmpty()) {
            Map.Entry<Long, Share.Waiting<V>> first = share.backlog.firstEntry();
            if (!offer(share, first.getKey(), first.getValue())) {
                return;
            }
            share.backlog.remove(first.getKey());
        }
    }

    /** Offers a record; false leaves it where it is. */
    private boolean offer(Share<V> share, long offset, Share.Waiting<V> waiting) {
        if (share.held || share.ledger.full()) {
            share.ledger.closeLane();
            return false;
        }
        Breadcrumb<V> breadcrumb = waiting.decoded();
        Fetched fetched = waiting.fetched();
        if (breadcrumb == null && fetched != null) {
            switch (intake.open(topicOf(fetched.partition()), fetched, this::wake)) {
                case Taken.Ready<V> ready -> breadcrumb = ready.breadcrumb();
                case Taken.NotYet<V> _ -> {
                    share.ledger.closeLane();
                    return false;
                }
                case Taken.Nothing<V> _ -> {
                    share.ledger.skip(offset);
                    return true;
                }
                case Taken.Poison<V> poison -> {
                    intake.bury(fetched, poison, share.ledger.enter(poison.breadcrumb(), offset));
                    return true;
                }
            }
        }
        if (breadcrumb == null) {
            throw new IllegalStateException("record " + offset + " of " + share.ledger.partition() + " has no content");
        }
        if (former != null && former.answered(share, breadcrumb, offset)) {
            share.ledger.skip(offset);
            return true;
        }
        Entry<V> entry = share.ledger.enter(breadcrumb, offset);
        boolean taken = false;
        try {
            taken = receiver.offer(entry);
        } finally {
            if (!taken) {
                share.ledger.unenter(entry);
            }
        }
        return taken;
    }

    private Topic<V> topicOf(Partition partition) {
        Topic<V> topic = topics.get(partition.topic());
        if (topic == null) {
            throw new IllegalStateException("group " + group.name() + " was given " + partition);
        }
        return topic;
    }

    /** Pauses what has no room, resumes what has, and opens the lane where the log has been read to its end. */
    private void tend(Partition partition, Share<V> share) {
        boolean pause = share.held || !share.backlog.isEmpty() || share.ledger.full();
        if (pause != share.paused) {
            share.paused = pause;
            if (pause) {
                reader.pause(partition);
            } else {
                reader.resume(partition);
            }
        } else if (!pause && !share.ledger.laneIsOpen()) {
            if (reader.lag(partition).orElse(1) == 0) {
                share.ledger.caughtUp();
            }
        }
    }

    private void commit() {
        Instant now = parts.time().now();
        if (now.isBefore(committedAt.plus(parts.limits().commitEvery()))) {
            return;
        }
        committedAt = now;
        if (former != null) {
            former.mark(shares.values());
        }
        Map<Partition, Commit> commits = new HashMap<>();
        shares.forEach((partition, share) -> {
            Commit commit = share.ledger.commit();
            if (commit != null) {
                commits.put(partition, commit);
            }
        });
        if (!commits.isEmpty()) {
            List<Share<V>> said = commits.keySet().stream().map(shares::get).toList();
            reader.commit(commits, () -> said.forEach(share -> share.ledger.commitFailed()));
        }
    }

    /** A ledger has something done. From any thread. */
    private void changed() {
        if (stalled) {
            wake();
        }
        Draining<V> waitedFor = draining;
        if (waitedFor != null) {
            waitedFor.check();
        }
    }

    @Override
    public void wake() {
        reader.wake();
    }

    @Override
    public void close() {
        reader.close();
    }

    // ------------------------------------------------------------------ what the group gives and takes

    @Override
    public void assigned(Partition partition, @Nullable Commit committed) {
        receiver.attached(partition);
        Share<V> share =
                new Share<>(ledgers.make(partition, committed, parts.limits().openRecords(), this::changed));
        if (former != null) {
            former.hold(partition, share);
        }
        shares.put(partition, share);
    }

    @Override
    public CompletionStage<?> drain(Collection<Partition> partitions) {
        Draining<V> now = new Draining<>(
                new CompletableFuture<>(),
                partitions.stream()
                        .map(shares::get)
                        .filter(Objects::nonNull)
                        .map(share -> share.ledger)
                        .toList());
        draining = now;
        now.ledgers().forEach(Ledger::close);
        now.ledgers().forEach(ledger -> receiver.draining(ledger.partition()));
        now.check();
        return now.over();
    }

    @Override
    public Map<Partition, Commit> release(Collection<Partition> partitions) {
        Map<Partition, Commit> commits = new HashMap<>();
        for (Partition partition : partitions) {
            Share<V> share = shares.remove(partition);
            if (share != null) {
                commits.put(partition, share.ledger.forget());
                share.backlog.values().forEach(this::forget);
                receiver.detached(partition);
            }
        }
        draining = null;
        return Collections.unmodifiableMap(commits);
    }

    private void forget(Share.Waiting<V> waiting) {
        Fetched fetched = waiting.fetched();
        if (fetched != null) {
            intake.forget(fetched);
        }
    }

    @Override
    public void lost(Collection<Partition> partitions) {
        release(partitions);
    }

    /** Ledgers that are to come to an end. */
    private record Draining<V extends SpecificRecord>(CompletableFuture<Void> over, List<Ledger<V>> ledgers) {

        void check() {
            if (ledgers.stream().allMatch(Ledger::drained)) {
                over.complete(null);
            }
        }
    }
}
