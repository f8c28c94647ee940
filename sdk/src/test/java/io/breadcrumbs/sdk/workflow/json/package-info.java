/** Tests of JSON values. */
@NullMarked
package io.breadcrumbs.sdk.workflow.json;

import org.jspecify.annotations.NullMarked;
