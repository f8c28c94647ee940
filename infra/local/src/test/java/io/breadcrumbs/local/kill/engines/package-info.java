/** Engines and runners are killed under load, and what became of every run is judged. */
@NullMarked
package io.breadcrumbs.local.kill.engines;

import org.jspecify.annotations.NullMarked;
