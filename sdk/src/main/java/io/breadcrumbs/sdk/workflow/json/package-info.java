/** JSON values, their parser and printer: what definitions, templates and runs are made of, with the JDK alone. */
@NullMarked
package io.breadcrumbs.sdk.workflow.json;

import org.jspecify.annotations.NullMarked;
