/** What is decided about runs. */
@NullMarked
package io.breadcrumbs.sdk.workflow.decide;

import org.jspecify.annotations.NullMarked;
