package io.breadcrumbs.sdk.log;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A member of a group, as the log tells it what it owns. Called only from within {@link GroupReader#poll}. */
public interface GroupMember {

    /**
     * The partition is this member's from now on; reading starts at the committed offset, or at the earliest record.
     *
     * @param committed what the former owner committed last; null if nobody did
     */
    void assigned(Partition partition, @Nullable Commit committed);

    /**
     * The partitions are to be given up: take nothing new. The stage completes when nothing of them runs any more; the
     * log waits for it, up to a bound, and then calls {@link #release}.
     */
    CompletionStage<?> drain(Collection<Partition> partitions);

    /** The partitions are given up: forget them, and say what is to be committed last. */
    Map<Partition, Commit> release(Collection<Partition> partitions);

    /** The partitions were taken away: somebody else may own them already. Forget them, nothing can be committed. */
    void lost(Collection<Partition> partitions);
}
