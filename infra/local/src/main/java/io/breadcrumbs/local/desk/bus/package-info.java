/**
 * The platform asked over the bus, by who reaches its brokers: tails of the journal, commands, breadcrumbs and requests
 * for tools. What tails hand over goes through one bounded queue; all else belongs to the thread of the command.
 */
@NullMarked
package io.breadcrumbs.local.desk.bus;

import org.jspecify.annotations.NullMarked;
