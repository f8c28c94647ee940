package io.breadcrumbs.sdk.testkit;

import io.breadcrumbs.sdk.log.Commit;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.GroupMember;
import io.breadcrumbs.sdk.log.GroupReader;
import io.breadcrumbs.sdk.log.Partition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A consumer group of a memory cluster: who has which partition, and what was committed. One thread. */
public final class MemoryGroup {

    private static final long SESSION_MICROS = 12_000;
    private static final long DRAIN_MICROS = 15_000;
    private static final long HANDOVER_MICROS = 2_000;

    private final MemoryCluster cluster;
    private final SeededScheduler scheduler;
    private final String name;
    private final List<Member> members = new ArrayList<>();
    private final Map<Partition, @Nullable Member> owners = new TreeMap<>();
    private final Map<Partition, Commit> commits = new HashMap<>();
    private final Set<Partition> moving = new TreeSet<>();

    MemoryGroup(MemoryCluster cluster, String name) {
        this.cluster = cluster;
        this.scheduler = cluster.scheduler();
        this.name = name;
    }

    /** What was committed for each partition. */
    public Map<Partition, Commit> committed() {
        return Map.copyOf(commits);
    }

    /** The process that has a partition as the cluster sees it; null while nobody has it. */
    public @Nullable MemoryProcess owner(Partition partition) {
        Member owner = owners.get(partition);
        return owner == null ? null : owner.process;
    }

    /** Gives some partition to some other member, as a rebalance would. */
    public void moveOne() {
        List<Partition> all = owners.keySet().stream()
                .filter(partition -> !moving.contains(partition))
                .toList();
        if (!all.isEmpty()) {
            move(all.get(scheduler.random().nextInt(all.size())));
        }
    }

    GroupReader join(MemoryProcess process, Set<String> topics, GroupMember member) {
        Member joined = new Member(process, member);
        members.add(joined);
        for (String topic : topics) {
            for (int number = 0; number < cluster.partitions(); number++) {
                owners.putIfAbsent(new Partition(topic, number), null);
            }
        }
        scheduler.between(100, HANDOVER_MICROS, this::balance);
        return joined;
    }

    /** Gives away what nobody has, and evens out what members have. */
    private void balance() {
        List<Member> able = able();
        for (Partition partition : owners.keySet()) {
            Member owner = owners.get(partition);
            if (moving.contains(partition) || able.isEmpty()) {
                continue;
            }
            boolean rich = owner != null && owned(owner) > owners.size() / able.size() + 1;
            if (owner == null || rich) {
                move(partition);
            }
        }
    }

    private long owned(Member member) {
        return owners.values().stream().filter(member::equals).count();
    }

    private List<Member> able() {
        return members.stream()
                .filter(member -> !member.left && member.process.running())
                .toList();
    }

    int size() {
        return able().size();
    }

    private void move(Partition partition) {
        moving.add(partition);
        Member owner = owners.get(partition);
        if (owner == null || !owner.process.running() || owner.left) {
            if (owner != null) {
                owner.fence(partition);
            }
            give(partition);
            return;
        }
        boolean[] over = new boolean[1];
        Runnable release = () -> {
            if (!over[0]) {
                over[0] = true;
                release(owner, partition);
            }
        };
        owner.process.execute(() -> {
            if (over[0]) {
                return;
            }
            owner.reader.pause(partition);
            owner.member.drain(List.of(partition)).thenRun(() -> owner.process.execute(release));
            owner.process.after(Duration.ofNanos(DRAIN_MICROS * 1000), release);
        });
        scheduler.after(
                SESSION_MICROS + 2 * DRAIN_MICROS,
                () -> { // it does not answer: the group goes on
                    if (!over[0]) {
                        over[0] = true;
                        owner.fence(partition);
                        give(partition);
                    }
                });
    }

    private void release(Member owner, Partition partition) {
        owner.reader.remove(partition);
        Map<Partition, Commit> last = owner.member.release(List.of(partition));
        if (owner.equals(owners.get(partition)) && last.get(partition) != null) {
            commits.put(partition, last.get(partition));
        }
        give(partition);
    }

    private void give(Partition partition) {
        owners.put(partition, null);
        scheduler.between(100, HANDOVER_MICROS, () -> {
            moving.remove(partition);
            List<Member> able = able();
            if (able.isEmpty()) {
                return;
            }
            Member to = able.get(scheduler.random().nextInt(able.size()));
            if (to.reader.partitions().contains(partition)) {
                to.lose(partition); // it was taken for dead and has not heard of it yet
            }
            owners.put(partition, to);
            Commit commit = commits.get(partition);
            to.process.run(() -> {
                to.reader.add(partition, commit == null ? 0 : commit.offset());
                to.member.assigned(partition, commit);
            });
        });
    }

    void expire(MemoryProcess process) {
        scheduler.after(SESSION_MICROS, () -> {
            if (process.running()) {
                return;
            }
            owners.forEach((partition, owner) -> {
                if (owner != null && owner.process.equals(process) && moving.add(partition)) {
                    owner.fence(partition);
                    give(partition);
                }
            });
        });
    }

    /** Somebody is there again: what nobody has is given away. */
    public void rejoin() {
        balance();
    }

    /** One member: its reader, and what it has not heard of yet. */
    private final class Member implements GroupReader {

        final MemoryProcess process;
        final GroupMember member;
        final MemoryReader reader = new MemoryReader(cluster);
        final Set<Partition> fenced = new TreeSet<>();
        boolean left;

        Member(MemoryProcess process, GroupMember member) {
            this.process = process;
            this.member = member;
        }

        /** The partition is somebody else's from now on; the member learns of it when it polls next. */
        void fence(Partition partition) {
            fenced.add(partition);
        }

        void lose(Partition partition) {
            fenced.remove(partition);
            reader.remove(partition);
            member.lost(List.of(partition));
        }

        @Override
        public List<Fetched> poll(Duration atMost) {
            if (!fenced.isEmpty() && scheduler.chance(0.5)) {
                List.copyOf(fenced).forEach(this::lose);
            }
            return reader.poll(atMost);
        }

        @Override
        public void pause(Partition partition) {
            reader.pause(partition);
        }

        @Override
        public void resume(Partition partition) {
            reader.resume(partition);
        }

        @Override
        public OptionalLong lag(Partition partition) {
            return reader.lag(partition);
        }

        @Override
        public void commit(Map<Partition, Commit> wanted, Runnable failed) {
            if (scheduler.chance(cluster.faults().uncommitted())) {
                process.after(Duration.ofNanos(HANDOVER_MICROS * 1000), failed);
                return;
            }
            scheduler.between(
                    50,
                    HANDOVER_MICROS,
                    () -> wanted.forEach((partition, commit) -> {
                        if (this.equals(owners.get(partition)) && !fenced.contains(partition)) {
                            Commit before = commits.get(partition);
                            if (before == null || before.offset() <= commit.offset()) {
                                commits.put(partition, commit);
                            }
                        }
                    }));
        }

        @Override
        public void wake() {
            // a simulated poll does not wait
        }

        @Override
        public void close() {
            left = true;
            owners.forEach((partition, owner) -> {
                if (this.equals(owner) && !moving.contains(partition)) {
                    moving.add(partition);
                    member.drain(List.of(partition));
                    release(this, partition);
                }
            });
        }

        @Override
        public String toString() {
            return name + "/" + process.name();
        }
    }
}
