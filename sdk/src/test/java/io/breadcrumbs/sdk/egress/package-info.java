/** Tests of the way out, against servers on this machine. */
@NullMarked
package io.breadcrumbs.sdk.egress;

import org.jspecify.annotations.NullMarked;
