/**
 * The tools that every runner has: each is one class, found as a service, pure, and bounded whatever its input. They
 * use {@code sdk.tool}, the packages below, and run on the threads of the executions that call them.
 */
@NullMarked
package io.breadcrumbs.runner.builtin;

import org.jspecify.annotations.NullMarked;
