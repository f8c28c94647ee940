/**
 * What workflows must be able to do, by the numbers of the requirements, over a platform with an engine and a runner.
 */
@NullMarked
package io.breadcrumbs.local.requirements;

import org.jspecify.annotations.NullMarked;
