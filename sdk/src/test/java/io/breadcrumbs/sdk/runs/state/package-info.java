/** Tests of how runs stand, as everybody shows them. */
@NullMarked
package io.breadcrumbs.sdk.runs.state;

import org.jspecify.annotations.NullMarked;
