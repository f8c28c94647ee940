package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.sdk.Answers;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.log.Partition;
import java.util.Collection;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.avro.specific.SpecificRecord;

/**
 * Keeps a group from repeating what former owners of its partitions answered and could not commit. Each commit says how
 * far the answer partitions reached when the oldest open record was taken; who is given the partition reads on from
 * there, and offers nothing before it has. Belongs to the loop's thread, but for {@link #acknowledged}.
 *
 * <p>What it cannot know is repeated: what a zombie answered, and what was answered before its own append was executed,
 * if that happens only after the partition has changed hands twice.
 */
final class FormerAnswers<V extends SpecificRecord, A extends SpecificRecord> {

    private final Parts parts;
    private final Answers<V, A> answers;
    private final Runnable wake;
    private final AnswerEnds ends;
    private final Queue<Runnable> found = new ConcurrentLinkedQueue<>();
    private volatile boolean holding;

    FormerAnswers(Parts parts, Answers<V, A> answers, Runnable wake) {
        this.parts = parts;
        this.answers = answers;
        this.wake = wake;
        this.ends = new AnswerEnds(parts, answers.topic(), () -> {
            if (holding) {
                wake.run();
            }
        });
    }

    /** This instance appended something: perhaps an answer. From any thread. */
    void acknowledged(Partition partition, long offset) {
        if (partition.topic().equals(answers.topic().name())) {
            ends.acknowledged(partition.number(), offset);
        }
    }

    /** Finds out what a former owner answered since it committed last; nothing is offered meanwhile. */
    void hold(Partition partition, Share<V> share) {
        share.held = true;
        holding = true;
        long[] since = share.ledger.inheritedAnswers();
        if (since.length != parts.log().partitions(answers.topic().name())) {
            share.answered = Set.of(); // the first owner, or one that did not say: there is nothing to pass on
            return;
        }
        share.ledger.holdAnswers();
        parts.log().end(partition).whenComplete((end, failure) -> {
            long until = failure == null ? end : Long.MAX_VALUE;
            AnsweredSince.load(parts, answers, since, ids -> {
                found.add(() -> {
                    share.answered = ids;
                    share.answeredUntil = until;
                });
                wake.run();
            });
        });
    }

    /**
     * Takes in what was found out meanwhile.
     *
     * @return whether partitions are offered from now on: how far the answers reach is to be committed before
     */
    boolean step(Collection<Share<V>> shares) {
        ends.refresh();
        for (Runnable one = found.poll(); one != null; one = found.poll()) {
            one.run();
        }
        long[] reached = holding ? ends.snapshot() : null;
        if (reached == null) {
            return false;
        }
        boolean letGo = shares.stream().filter(share -> letGo(share, reached)).count() > 0;
        holding = shares.stream().anyMatch(share -> share.held);
        return letGo;
    }

    /** From here on it is known what was answered, and how far the answers to what comes now reach at least. */
    private boolean letGo(Share<V> share, long[] reached) {
        if (!share.held || share.answered == null) {
            return false;
        }
        share.held = false;
        share.ledger.answersReached(reached);
        return true;
    }

    boolean answered(Share<V> share, Breadcrumb<V> breadcrumb, long offset) {
        Set<String> ids = share.answered;
        return ids != null
                && offset < share.answeredUntil
                && ids.contains(answers.asked().apply(breadcrumb.body()));
    }

    /** Tells the ledgers how far the answers reach now, and forgets what has come by. */
    void mark(Collection<Share<V>> shares) {
        long[] reached = ends.snapshot();
        for (Share<V> share : shares) {
            if (reached != null) {
                share.ledger.answersReached(reached);
            }
            boolean over = share.backlog.isEmpty() && share.ledger.position() >= share.answeredUntil;
            if (over && !share.held && share.answered != null) {
                share.answered = null;
                share.ledger.releaseAnswers();
            }
        }
    }
}
