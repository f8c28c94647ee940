package io.breadcrumbs.sdk.log;

import java.util.Map;
import java.util.OptionalLong;

/** Reading as a member of a group. Closing it leaves the group, after {@link GroupMember#drain} and release. */
public interface GroupReader extends Reader {

    /** How many records are behind the last one polled, as far as the last fetch told; empty if it is not known. */
    OptionalLong lag(Partition partition);

    /** Commits without waiting; {@code failed} is run, on any thread, if it did not happen or nobody knows. */
    void commit(Map<Partition, Commit> commits, Runnable failed);
}
