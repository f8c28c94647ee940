/**
 * Tests of workflows: {@link io.breadcrumbs.sdk.testkit.workflow.WorkflowTrial} runs one with fake tools and skips
 * time.
 */
@NullMarked
package io.breadcrumbs.sdk.testkit.workflow;

import org.jspecify.annotations.NullMarked;
