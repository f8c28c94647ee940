package io.breadcrumbs.schemas.wire;

import io.breadcrumbs.schemas.Lane;
import io.breadcrumbs.schemas.Meta;
import io.breadcrumbs.schemas.ResponseStatus;
import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What a request and its response cost on their way to bytes and back, in time and in allocated bytes.
 *
 * <p>To run it, have Maven write the test class path, {@code mvn -q dependency:build-classpath -pl schemas
 * -Dmdep.outputFile=target/test.classpath}, then start this class with it and with both class folders in front.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WireBenchmark {
    private final Wire wire = Wire.over(new MockSchemaRegistryClient());
    private final ToolRequest request = request();
    private final ToolResponse response = response();
    private final byte[] requestBytes;
    private final byte[] responseBytes;

    public WireBenchmark() {
        wire.prepare(Catalogue.TOOL_REQUEST);
        wire.prepare(Catalogue.TOOL_RESPONSE);
        requestBytes = wire.encode(Catalogue.TOOL_REQUEST, request);
        responseBytes = wire.encode(Catalogue.TOOL_RESPONSE, response);
    }

    public static void main(String... args) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(WireBenchmark.class.getName())
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
    }

    @Benchmark
    public byte[] encodeRequest() {
        return wire.encode(Catalogue.TOOL_REQUEST, request);
    }

    @Benchmark
    public ToolRequest decodeRequest() throws UndecodableException {
        return wire.decode(Catalogue.TOOL_REQUEST, requestBytes);
    }

    @Benchmark
    public byte[] encodeResponse() {
        return wire.encode(Catalogue.TOOL_RESPONSE, response);
    }

    @Benchmark
    public ToolResponse decodeResponse() throws UndecodableException {
        return wire.decode(Catalogue.TOOL_RESPONSE, responseBytes);
    }

    private static Meta meta(String schemaName) {
        return Meta.newBuilder()
                .setId("01JD8Y3V7Q5N2M4K6H8F0C2A1B")
                .setSchemaName(schemaName)
                .setTags(List.of("tool:request", "workspace:default"))
                .setCreatedAtMs(1_767_225_600_000L)
                .setUpdatedAtMs(1_767_225_600_000L)
                .setAuthor("workflow-engine")
                .setTrace("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .build();
    }

    private static ToolRequest request() {
        return ToolRequest.newBuilder()
                .setMeta(meta("tool.request.v1"))
                .setRequestId("01JD8Y3V7Q5N2M4K6H8F0C2A1B/sum/1/4711")
                .setTool("calculator")
                .setInput("{\"expression\":\"17 + 25\",\"precision\":10}")
                .setRequestedBy("agent-7")
                .setRunId("01JD8Y3V7Q5N2M4K6H8F0C2A1B")
                .setStepId("sum")
                .setEpoch(4_711)
                .setAwaitKey("01JD8Y3V7Q5N2M4K6H8F0C2A1B")
                .setDeadlineMs(1_767_225_660_000L)
                .setSideEffects(SideEffects.NONE)
                .build();
    }

    private static ToolResponse response() {
        return ToolResponse.newBuilder()
                .setMeta(meta("tool.response.v1"))
                .setRequestId("01JD8Y3V7Q5N2M4K6H8F0C2A1B/sum/1/4711")
                .setAwaitKey("01JD8Y3V7Q5N2M4K6H8F0C2A1B")
                .setTool("calculator")
                .setRunId("01JD8Y3V7Q5N2M4K6H8F0C2A1B")
                .setStepId("sum")
                .setStatus(ResponseStatus.SUCCESS)
                .setOutput("{\"result\":42}")
                .setStartedAtMs(1_767_225_600_001L)
                .setFinishedAtMs(1_767_225_600_002L)
                .setRunner("01JD8Y3V7Q5N2M4K6H8F0C2A1C")
                .setLane(Lane.EAGER)
                .build();
    }
}
