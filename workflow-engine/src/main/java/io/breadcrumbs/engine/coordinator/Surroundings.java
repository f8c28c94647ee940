package io.breadcrumbs.engine.coordinator;

import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.workflow.decide.Facts;
import io.breadcrumbs.sdk.workflow.run.Plan;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * What all coordinators of a process share.
 *
 * @param hands on whose threads they work
 * @param plans the plans of definitions
 * @param runsAtHand so many runs a partition keeps at hand; the others are made from the memory when they are needed
 */
public record Surroundings(
        Bus bus, Time time, Executor hands, Facts.Tools tools, Function<String, Plan> plans, int runsAtHand) {}
