package io.breadcrumbs.local.bus;

import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import io.breadcrumbs.sdk.kafka.BusSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The bus over the broker and registry that {@code ./crumb up} starts. */
class EmbeddedBusIT extends BusScenarios {

    @TempDir
    static Path data;

    private static Platform platform;

    @BeforeAll
    static void start() {
        platform = Platform.start(PlatformSettings.anywhere(data.resolve("data")), _ -> {})
                .orThrow();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Override
    BusSettings settings() {
        return BusSettings.of(platform.state().kafka(), platform.state().registry(), "test");
    }
}
