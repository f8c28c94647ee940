/**
 * The door over HTTP: how soon it answers and tells what happens, and what breadcrumbs cost at scale. The platform and
 * its clients are in this process; clients use sockets of their own, so that no library stands between.
 */
@NullMarked
package io.breadcrumbs.local.bench.http;

import org.jspecify.annotations.NullMarked;
