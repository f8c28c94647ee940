/**
 * The language of conditions: CEL, the Common Expression Language. Here and not below {@code workflow}, which uses the
 * JDK alone. Nothing here has a thread of its own; conditions may be asked by any.
 */
@NullMarked
package io.breadcrumbs.sdk.condition;

import org.jspecify.annotations.NullMarked;
