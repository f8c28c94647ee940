/** Tests of templates. */
@NullMarked
package io.breadcrumbs.sdk.workflow.template;

import org.jspecify.annotations.NullMarked;
