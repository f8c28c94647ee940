/** Tests of what tests of workflows rest on. */
@NullMarked
package io.breadcrumbs.sdk.testkit.workflow;

import org.jspecify.annotations.NullMarked;
