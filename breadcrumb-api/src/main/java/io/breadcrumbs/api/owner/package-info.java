/**
 * The owner of breadcrumbs: of each partition one process decides its commands, and writes what it decided. Joins
 * {@code decide} with the bus. Nothing here blocks; a partition's state is guarded by its own monitor.
 */
@NullMarked
package io.breadcrumbs.api.owner;

import org.jspecify.annotations.NullMarked;
