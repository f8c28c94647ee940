/**
 * One thing after another, and each at its time: how what belongs to one partition is worked on by one thread at a
 * time. Uses the sdk's clock alone.
 */
@NullMarked
package io.breadcrumbs.engine.mailbox;

import org.jspecify.annotations.NullMarked;
