/**
 * The way out: HTTP requests to hosts that somebody named, on the thread of who sends them. A guard decides by host and
 * by address; the connection goes to the very address that it has seen. Uses the sdk and the JDK only.
 */
@NullMarked
package io.breadcrumbs.sdk.egress;

import org.jspecify.annotations.NullMarked;
