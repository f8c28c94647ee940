/**
 * A platform's log, as commands ask for it who look into it: topics, records, dead letters. What is shown is that of
 * the sdk's {@code operate}; {@code desk.bus} and {@code desk.http} have it. Used by one thread.
 */
@NullMarked
package io.breadcrumbs.local.desk.log;

import org.jspecify.annotations.NullMarked;
