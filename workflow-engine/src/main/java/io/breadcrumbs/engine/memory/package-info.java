/**
 * What the engine remembers of one partition: the journal as far as it counts, and the inputs that no decision names
 * yet. It is a fold of the log, kept in rows; whoever hosts it sees to it that rows and offsets are stored together.
 */
@NullMarked
package io.breadcrumbs.engine.memory;

import org.jspecify.annotations.NullMarked;
