/** What a tool sees while it runs. */
@NullMarked
package io.breadcrumbs.runner.execution;

import org.jspecify.annotations.NullMarked;
