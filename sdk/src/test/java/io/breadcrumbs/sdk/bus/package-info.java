/** Tests of the bus: its parts one by one, and all of it in a seeded simulation. */
@NullMarked
package io.breadcrumbs.sdk.bus;

import org.jspecify.annotations.NullMarked;
