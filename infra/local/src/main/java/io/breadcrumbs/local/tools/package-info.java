/** Tools from the command line: what the catalogue has, and calls. Each command has a bus of its own. */
@NullMarked
package io.breadcrumbs.local.tools;

import org.jspecify.annotations.NullMarked;
