package io.breadcrumbs.schemas.catalogue;

/** Which topics must have the same number of partitions, because a key of one is looked for in the other. */
public enum Partitioning {
    /**
     * Topics of runs and tools: the owner of a run's partition finds its commands, answers and journal in that
     * partition.
     */
    RUNS_AND_TOOLS,
    /** Topics of breadcrumbs: the owner of a command's partition writes event and latest state to the same one. */
    BREADCRUMBS,
    /** A topic of its own, with any number of partitions. */
    ALONE
}
