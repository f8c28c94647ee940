/**
 * The log as curators look into it over HTTP: topics, records as they come, dead letters and how they end. Shows of it
 * what is of the caller's workspace. Uses the sdk's {@code operate}, {@code stream} and {@code webhooks}. Requests may
 * block in it; a stream of records is its viewer's.
 */
@NullMarked
package io.breadcrumbs.api.operate;

import org.jspecify.annotations.NullMarked;
