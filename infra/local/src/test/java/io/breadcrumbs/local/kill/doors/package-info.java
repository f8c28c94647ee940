/**
 * Doors are killed under load: what one of them answered must be so, and whoever watched goes on at another one. Its
 * long form is {@code infra/interop/kill-doors}.
 */
@NullMarked
package io.breadcrumbs.local.kill.doors;

import org.jspecify.annotations.NullMarked;
