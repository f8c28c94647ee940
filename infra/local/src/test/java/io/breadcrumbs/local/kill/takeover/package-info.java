/** Two engines: what one keeps of the other's rows, and how soon it takes over when that is killed. */
@NullMarked
package io.breadcrumbs.local.kill.takeover;

import org.jspecify.annotations.NullMarked;
