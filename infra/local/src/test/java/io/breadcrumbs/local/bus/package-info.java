/** The bus over real brokers: the embedded one always, one in a container where Docker answers. */
@NullMarked
package io.breadcrumbs.local.bus;

import org.jspecify.annotations.NullMarked;
