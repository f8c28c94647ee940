/**
 * What commands ask of a platform, wherever it is: {@code desk.bus} asks its brokers, {@code desk.http} its HTTP door.
 * A run is read as news of its journal, and folded here with the sdk's code. Each desk belongs to one thread.
 */
@NullMarked
package io.breadcrumbs.local.desk;

import org.jspecify.annotations.NullMarked;
