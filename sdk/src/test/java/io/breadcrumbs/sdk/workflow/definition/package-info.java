/** Tests of definitions. */
@NullMarked
package io.breadcrumbs.sdk.workflow.definition;

import org.jspecify.annotations.NullMarked;
