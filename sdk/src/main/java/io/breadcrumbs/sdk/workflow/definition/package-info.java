/**
 * What a workflow is: its steps, what each does, on what it depends, and what holds when one fails. Parsed from JSON,
 * with all faults at once. Uses the JDK only, as everything below {@code workflow}; values that never change.
 */
@NullMarked
package io.breadcrumbs.sdk.workflow.definition;

import org.jspecify.annotations.NullMarked;
