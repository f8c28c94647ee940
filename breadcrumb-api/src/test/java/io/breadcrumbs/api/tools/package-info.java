/** Tests of the tools' routes. */
@NullMarked
package io.breadcrumbs.api.tools;

import org.jspecify.annotations.NullMarked;
