/**
 * Errors as every route answers them: problem documents (RFC 9457) with a stable code, a cause and a cure. Uses
 * Micronaut and the sdk's codes. Any thread.
 */
@NullMarked
package io.breadcrumbs.api.problem;

import org.jspecify.annotations.NullMarked;
