package io.breadcrumbs.local.telemetry;

import io.breadcrumbs.sdk.trace.Spans;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Who collects the traces of a process, if anybody does. Closing sends what has not been sent. */
public final class Telemetry implements AutoCloseable {

    private static final String OTLP = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static final String OTLP_TRACES = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
    private static final long SENT_WITHIN_SECONDS = 5;

    private final Spans spans;
    private final @Nullable OpenTelemetrySdk otel;
    private final String toWhom;

    private Telemetry(Spans spans, @Nullable OpenTelemetrySdk otel, String toWhom) {
        this.spans = spans;
        this.otel = otel;
        this.toWhom = toWhom;
    }

    /**
     * Sends traces there, or where the environment says; nowhere if neither says so. The rest of OpenTelemetry's
     * environment counts too.
     *
     * @param otlp a collector that speaks OTLP over HTTP; null: as the environment says
     * @throws IllegalArgumentException if the environment says something that cannot be
     */
    public static Telemetry of(@Nullable URI otlp, Map<String, String> environment) {
        String there = environment.getOrDefault(OTLP_TRACES, environment.getOrDefault(OTLP, ""));
        if (otlp == null && there.isBlank()) {
            return new Telemetry(Spans.OFF, null, "nobody");
        }
        OtelLog.join();
        try {
            OpenTelemetrySdk otel = AutoConfiguredOpenTelemetrySdk.builder()
                    .disableShutdownHook()
                    .addPropertiesSupplier(Telemetry::usual)
                    .addPropertiesCustomizer(_ -> settled(otlp))
                    .build()
                    .getOpenTelemetrySdk();
            return new Telemetry(
                    new OtelSpans(otel.getTracer("io.breadcrumbs")), otel, otlp == null ? there : otlp.toString());
        } catch (ConfigurationException e) {
            throw new IllegalArgumentException("the environment's OTEL_ settings: " + e.getMessage(), e);
        }
    }

    /** Where the environment says nothing. */
    private static Map<String, String> usual() {
        return Map.of("otel.service.name", "breadcrumbs", "otel.exporter.otlp.protocol", "http/protobuf");
    }

    /** Whatever the environment says: meters are Prometheus's, the log is a file. */
    private static Map<String, String> settled(@Nullable URI otlp) {
        Map<String, String> settled = new HashMap<>();
        settled.put("otel.metrics.exporter", "none");
        settled.put("otel.logs.exporter", "none");
        if (otlp != null) {
            settled.put("otel.exporter.otlp.endpoint", otlp.toString());
        }
        return settled;
    }

    /** Whom the parts of the process tell. */
    public Spans spans() {
        return spans;
    }

    @Override
    public String toString() {
        return toWhom;
    }

    @Override
    public void close() {
        if (otel != null) {
            otel.getSdkTracerProvider().shutdown().join(SENT_WITHIN_SECONDS, TimeUnit.SECONDS);
            otel.close();
        }
    }
}
