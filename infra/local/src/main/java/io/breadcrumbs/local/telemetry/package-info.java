/**
 * Traces, as OpenTelemetry has them: made of the platform's spans, and sent to whoever collects them; and how lines of
 * the log name their trace. The one place that knows OpenTelemetry and the log's own library.
 */
@NullMarked
package io.breadcrumbs.local.telemetry;

import org.jspecify.annotations.NullMarked;
