/**
 * Tests of workflows: {@link io.breadcrumbs.sdk.testkit.workflow.WorkflowTrial} runs one with fake tools and skips
 * time, {@link io.breadcrumbs.sdk.testkit.workflow.RunReplay} decides a real run's history again.
 */
@NullMarked
package io.breadcrumbs.sdk.testkit.workflow;

import org.jspecify.annotations.NullMarked;
