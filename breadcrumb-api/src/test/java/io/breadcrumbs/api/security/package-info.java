/** Tests of who may come in. */
@NullMarked
package io.breadcrumbs.api.security;

import org.jspecify.annotations.NullMarked;
