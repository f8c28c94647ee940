/**
 * The routes of runs and of stored workflows. Controllers only translate: all else is at the {@code RunDesk}. Requests
 * run on virtual threads and may block there.
 */
@NullMarked
package io.breadcrumbs.api.invoke;

import org.jspecify.annotations.NullMarked;
