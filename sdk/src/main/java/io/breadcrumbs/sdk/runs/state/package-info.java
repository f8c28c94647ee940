/**
 * How runs stand, as everybody shows them: the command line, the HTTP door and the test kit fold with the same code.
 * Uses the journal's entries and the run's fold. One thread at a time.
 */
@NullMarked
package io.breadcrumbs.sdk.runs.state;

import org.jspecify.annotations.NullMarked;
