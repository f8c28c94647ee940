/** The tools-runner over the embedded broker. */
@NullMarked
package io.breadcrumbs.local.runner;

import org.jspecify.annotations.NullMarked;
