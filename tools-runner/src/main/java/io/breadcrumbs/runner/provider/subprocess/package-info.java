/**
 * Tools that are commands of the runner's machine: input on standard input, output on standard output, both JSON. A
 * definition names a command, and the runner's settings say which of them may be named. Runs on the executions'
 * threads; the command's streams are files, so that nobody has to read along.
 */
@NullMarked
package io.breadcrumbs.runner.provider.subprocess;

import org.jspecify.annotations.NullMarked;
