/** Shows how a tool is written and tested, and tests what tests it. */
@NullMarked
package io.breadcrumbs.sdk.testkit.tool;

import org.jspecify.annotations.NullMarked;
