/** Load scenarios and their reports: a user of the SDK and of the HTTP door, not an insider. */
@NullMarked
package io.breadcrumbs.load;

import org.jspecify.annotations.NullMarked;
