/** What tests of providers share. */
@NullMarked
package io.breadcrumbs.runner.provider;

import org.jspecify.annotations.NullMarked;
