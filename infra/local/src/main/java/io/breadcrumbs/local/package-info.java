/** The {@code crumb} command line: its main class, which only wires. One thread, the process's first. */
@NullMarked
package io.breadcrumbs.local;

import org.jspecify.annotations.NullMarked;
