package io.breadcrumbs.sdk.testkit;

import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.Readiness;
import io.breadcrumbs.sdk.bus.LaneBus;
import io.breadcrumbs.sdk.bus.Limits;
import io.breadcrumbs.sdk.bus.Parts;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.util.List;

/** The bus over a memory cluster. */
public final class MemoryBus {

    private MemoryBus() {}

    /** A codec with all topics of the catalogue prepared, over a registry in memory. */
    public static Wire wire() {
        Wire wire = Wire.over(new MockSchemaRegistryClient());
        Catalogue.topics().forEach(wire::prepare);
        return wire;
    }

    /** The parts of a bus that runs in a process of a simulation. */
    public static Parts parts(MemoryProcess process, Wire wire, SeededScheduler scheduler, Limits limits) {
        return new Parts(
                process.name(), process, wire, process, process::execute, process::drive, scheduler.random(), limits);
    }

    /** A bus in a process of a simulation. */
    public static LaneBus in(MemoryProcess process, Wire wire, SeededScheduler scheduler) {
        return new LaneBus(parts(process, wire, scheduler, Limits.DEFAULT), () -> new Readiness(List.of()));
    }
}
