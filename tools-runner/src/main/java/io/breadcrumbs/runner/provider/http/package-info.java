/**
 * Tools that are HTTP requests: those whose definition says which, and the one that sends what it is told. Both go out
 * through {@link io.breadcrumbs.sdk.egress}, on the threads of their executions.
 */
@NullMarked
package io.breadcrumbs.runner.provider.http;

import org.jspecify.annotations.NullMarked;
