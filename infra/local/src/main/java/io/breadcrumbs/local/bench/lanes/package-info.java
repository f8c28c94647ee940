/** The benchmark of the bus: both its lanes against bare Kafka clients. One thread runs it. */
@NullMarked
package io.breadcrumbs.local.bench.lanes;

import org.jspecify.annotations.NullMarked;
