package io.breadcrumbs.local.demo;

import io.breadcrumbs.local.data.Folders;
import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import io.breadcrumbs.sdk.Bus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the demonstration happens: over a running platform, or inside of one that lives as long as it does.
 *
 * @param bus to a running platform, or the one that the parts of the own platform share
 * @param inside whether engine and runner are in this process
 */
record Stage(Bus bus, boolean inside, @Nullable AutoCloseable own) implements AutoCloseable {

    /** A platform that is running. */
    static Stage over(Bus bus) {
        return new Stage(bus, false, null);
    }

    /** Starts a platform in this process, on an empty folder that goes with it. */
    static Stage alone() throws IOException {
        System.setProperty("crumb.level", "ERROR"); // before anything logs
        Path folder = Files.createTempDirectory("crumb-demo");
        try {
            Platform platform = Platform.start(PlatformSettings.anywhere(folder).withPools(Set.of("default")), _ -> {})
                    .orThrow();
            return new Stage(platform.bus(), true, () -> {
                platform.close();
                Folders.delete(folder);
            });
        } catch (IllegalStateException e) {
            Folders.delete(folder);
            throw e;
        }
    }

    @Override
    public void close() {
        AutoCloseable platform = own;
        if (platform == null) {
            bus.close();
            return;
        }
        try {
            platform.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
