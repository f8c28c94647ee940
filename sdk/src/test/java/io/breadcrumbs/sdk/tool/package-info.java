/** What a tool takes and gives. */
@NullMarked
package io.breadcrumbs.sdk.tool;

import org.jspecify.annotations.NullMarked;
