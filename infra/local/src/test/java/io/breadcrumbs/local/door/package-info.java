/** What the HTTP door offers beside breadcrumbs, in a running platform. */
@NullMarked
package io.breadcrumbs.local.door;

import org.jspecify.annotations.NullMarked;
