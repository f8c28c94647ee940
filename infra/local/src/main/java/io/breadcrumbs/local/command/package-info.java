/**
 * The commands of {@code crumb}, one class each. They parse, call, and print; what they do lies in other packages. Run
 * by the main thread.
 */
@NullMarked
package io.breadcrumbs.local.command;

import org.jspecify.annotations.NullMarked;
