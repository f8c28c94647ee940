/**
 * How much a caller may ask for at once, so that none takes what others need. Uses {@code http} and {@code problem};
 * any thread.
 */
@NullMarked
package io.breadcrumbs.api.limit;

import org.jspecify.annotations.NullMarked;
