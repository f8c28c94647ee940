/** The engine as a service. */
@NullMarked
package io.breadcrumbs.engine;

import org.jspecify.annotations.NullMarked;
