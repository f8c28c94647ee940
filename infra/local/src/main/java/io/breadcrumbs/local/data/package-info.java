/**
 * The folder on disk in which one platform keeps everything: who holds it, whether it can be used, and where the
 * running platform is reached. Uses the JDK and Jackson only. No thread of its own; a
 * {@link io.breadcrumbs.local.data.DataFolder} belongs to the thread that opened it.
 */
@NullMarked
package io.breadcrumbs.local.data;

import org.jspecify.annotations.NullMarked;
