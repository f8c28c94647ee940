/**
 * The execution slots of a runner: who may execute, who waits, and who goes first. Any thread; permits guard it all by
 * their monitor, under which they call nobody.
 */
@NullMarked
package io.breadcrumbs.runner.slot;

import org.jspecify.annotations.NullMarked;
