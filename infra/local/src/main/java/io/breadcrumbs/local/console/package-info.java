/**
 * What all commands share: where they print, how they fail, which data folder they mean. Uses picocli. Run by the main
 * thread.
 */
@NullMarked
package io.breadcrumbs.local.console;

import org.jspecify.annotations.NullMarked;
