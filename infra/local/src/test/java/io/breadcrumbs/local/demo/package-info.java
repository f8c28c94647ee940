/** Tests of the demonstration. */
@NullMarked
package io.breadcrumbs.local.demo;

import org.jspecify.annotations.NullMarked;
