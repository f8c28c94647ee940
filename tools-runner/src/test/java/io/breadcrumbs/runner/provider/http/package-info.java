/** Tests of HTTP tools, against servers on this machine. */
@NullMarked
package io.breadcrumbs.runner.provider.http;

import org.jspecify.annotations.NullMarked;
