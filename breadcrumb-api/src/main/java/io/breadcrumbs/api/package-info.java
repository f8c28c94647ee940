/**
 * The platform's HTTP door. Uses Micronaut; knows the platform by configuration, and by what {@code Inside} tells.
 * Requests run on Netty's event loops and must not block there; the door is started and closed by one thread.
 */
@NullMarked
package io.breadcrumbs.api;

import org.jspecify.annotations.NullMarked;
