/** Tests of streams and their viewers. */
@NullMarked
package io.breadcrumbs.api.stream;

import org.jspecify.annotations.NullMarked;
