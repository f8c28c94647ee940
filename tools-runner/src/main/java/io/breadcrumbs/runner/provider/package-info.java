/**
 * Kinds of tools: each provider makes executables of one kind, and runs on the threads of the executions that call it.
 */
@NullMarked
package io.breadcrumbs.runner.provider;

import org.jspecify.annotations.NullMarked;
