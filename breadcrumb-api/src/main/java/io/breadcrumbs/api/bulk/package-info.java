/**
 * The same asked of many runs: which they are, in what name, and a stream of what becomes of each. Uses {@code runs} to
 * find them, the sdk to ask, and {@code stream}. Any thread.
 */
@NullMarked
package io.breadcrumbs.api.bulk;

import org.jspecify.annotations.NullMarked;
