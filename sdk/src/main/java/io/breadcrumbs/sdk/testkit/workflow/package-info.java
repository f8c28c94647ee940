/**
 * Tests of workflows: {@link io.breadcrumbs.sdk.testkit.workflow.WorkflowTrial} runs one with fake tools and skips
 * time, {@link io.breadcrumbs.sdk.testkit.workflow.RunReplay} decides a real run's history again,
 * {@link io.breadcrumbs.sdk.testkit.workflow.Story} tells a run event by event.
 */
@NullMarked
package io.breadcrumbs.sdk.testkit.workflow;

import org.jspecify.annotations.NullMarked;
