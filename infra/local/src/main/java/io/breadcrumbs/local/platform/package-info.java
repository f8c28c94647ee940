/**
 * The whole platform in one JVM: broker, schema registry, topics, schemas, HTTP door. Wires the other packages and the
 * services. The thread that starts a {@link io.breadcrumbs.local.platform.Platform} closes it.
 */
@NullMarked
package io.breadcrumbs.local.platform;

import org.jspecify.annotations.NullMarked;
