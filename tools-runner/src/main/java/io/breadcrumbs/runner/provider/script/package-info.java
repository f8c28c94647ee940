/**
 * Tools that are JavaScript, stored with their definition and run in a sandbox. GraalVM is loaded at the first
 * execution of one. A script runs on a thread of the platform, which {@code Workers} own: it computes, and would keep a
 * virtual thread's carrier from all other tools. The execution's thread waits for it, watches it, and stops it.
 */
@NullMarked
package io.breadcrumbs.runner.provider.script;

import org.jspecify.annotations.NullMarked;
