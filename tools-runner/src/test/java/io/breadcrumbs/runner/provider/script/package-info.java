/** Tests of tools that are JavaScript, in the engine that executes them. */
@NullMarked
package io.breadcrumbs.runner.provider.script;

import org.jspecify.annotations.NullMarked;
